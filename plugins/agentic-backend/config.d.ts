import type { HumanDuration } from '@backstage/types';

export interface Config {
  /** The Agentic Framework. */
  agentic?: {
    /** Folder for what the local (development) target and the embedded engine keep on disk. Default `.agentic`. */
    dataDir?: string;
    /** What drives the workflows; see `WorkflowEngine`. */
    engine?: {
      /** `pglite` works in the process, `postgres` on a server. Default the kind of the plugin's database. */
      kind?: 'pglite' | 'postgres';
      /** Schema of the engine's tables in PostgreSQL. Default `agentic_engine`. */
      schema?: string;
      /** The most connections each process opens for the engine in PostgreSQL, at least 4. Default 12. */
      maxConnections?: number;
      /**
       * Another way to the PostgreSQL server than the plugin's own, around PgBouncer for example: a
       * connection string, or settings as in `backend.database.connection`. The password does not expire.
       * Default the plugin's own.
       * @deepVisibility secret
       */
      connection?: string | object;
    };
    /** Who signs, and for how long an approval stands open. */
    approvals?: {
      /** Who may sign in which role. What needs a role that nobody holds cannot be approved. */
      roles?: {
        /** Full entity refs of the users and groups who sign as `strategic`, in lower case. Default nobody. */
        strategic?: string[];
        /** The same for `final`. Default nobody. */
        final?: string[];
      };
      /** Rules by environment. Environments without rules need both signatures. */
      environments?: {
        [name: string]: {
          /**
           * Who has to sign; a name that is new has to say it. Default `final` in development and staging,
           * both in production.
           */
          requiredRoles?: Array<'strategic' | 'final'>;
          /** Whether those who ask may sign it themselves; only `development` may be `true`. Default true there. */
          requesterMayApprove?: boolean;
          /** The critic gives the strategic signature when it has nothing to object. Not in production. Default false. */
          criticMaySign?: boolean;
          /** Whether it is kept as production is: two people sign, and the critic is a third. Default true for `production` and `prod`. */
          production?: boolean;
        };
      };
      /** With `fixed` the strategic signature comes before the final one, with `any` in any order. Default `fixed`. */
      order?: 'fixed' | 'any';
      /** Hours after which an undecided approval expires. Default 72. */
      expiresAfterHours?: number;
      /** Share of the time to expiry after which those who can sign are reminded once. Default 0.5. */
      remindAtShare?: number;
      /** Share of the time to expiry after which `escalateTo` is told once. Default 0.8. */
      escalateAtShare?: number;
      /** Entity refs of users and groups that are told when nobody decides. Default nobody. */
      escalateTo?: string[];
      /** An approval sooner than this many seconds after the first view counts as blind. Default 10. */
      blindSeconds?: number;
    };
    /** Who may ask for work where. An environment that is not here, and has no default, lets nobody in. */
    environments?: {
      [name: string]: {
        /**
         * Entity refs of users and groups, or `everyone`, or `owners` (the group that owns the service).
         * Default `everyone` in development and staging, nobody elsewhere.
         */
        requesters?: string[];
        /** Entity refs of those who may ask as well, and go on with, retry and stop what others asked for. Default nobody. */
        operators?: string[];
        /** Subjects of machines that may ask in their own name; see `machineAccess`. Default none. */
        automatedSystems?: string[];
        /** What data it holds. Default `synthetic` in development, `anonymised` in staging, `live` in production. */
        dataClass?: 'synthetic' | 'anonymised' | 'live';
        /** Whether a request has to say why the change is made. Default true in production. */
        requireChangeReason?: boolean;
      };
    };
    /**
     * What machines may do: tokens of `backend.auth.externalAccess`, and other plugins in their own
     * name. Who is not listed may do nothing but ask for the health. No machine decides approvals.
     * Default nothing.
     */
    machineAccess?: Array<{
      /** The subject as Backstage gives it, for example `external:ci` or `plugin:search`. */
      subject: string;
      /** Names of permissions of the framework. */
      permissions?: string[];
      /** The environments they reach; needed as soon as there is a permission. */
      environments?: string[];
      /** Entity refs of users, and of groups whose members, it may start work for. */
      actForUsers?: string[];
    }>;
    /** Who is told of incidents, and when. */
    incidents?: {
      /**
       * Entity refs of users and groups that are told one after the other while nobody acknowledges an
       * incident. Default those who hold an approval role, and nobody after them.
       */
      escalation?: string[];
      /** How long nobody may acknowledge an incident before the next in line is told. Default 15 minutes. */
      escalateAfter?: HumanDuration | string;
      /** How long after its end an incident is opened again when the same thing happens. Default 24 hours. */
      reopenWithin?: HumanDuration | string;
    };
    /** What the critic asks; it reviews every output and every effect. */
    critic?: {
      /** Hours for which a verdict of the critic holds. Default 24. */
      validHours?: number;
      unknownCost?: {
        /** What an unknown cost means there. Default `note` in development, `block` in production, else `needs_person`. */
        [environment: string]: 'note' | 'needs_person' | 'block';
      };
    };
    /** Settings of single agents, by id. */
    agents?: {
      [id: string]: {
        /**
         * The lane the agent starts in, recorded as a promotion by configuration. Takes effect when its
         * value is new; what people decide afterwards stays. Default the lane it declares for agents that
         * come with the framework, `read_only` for all others.
         */
        lane?: 'read_only' | 'dry_run' | 'execute';
      };
    };
    /** What may be asked for and used, and when repetition is a loop. */
    limits?: {
      /** How often one principal may ask. */
      rates?: {
        /** Requests a second, on each replica. Default 1000. */
        requestsPerSecond?: number;
        /** State-changing requests a minute, over all replicas. Default 300. */
        writesPerMinute?: number;
        /** Open event streams at once, on each replica. Default 20. */
        streamsPerPrincipal?: number;
      };
      /** Workflows that are not at their end. */
      workflows?: {
        /** Of one user, not at their end. Default 100. */
        perUser?: number;
        /** Of one owner group, not at their end. Default 300. */
        perTeam?: number;
        /** Of everybody, not at their end. Default 2000. */
        overall?: number;
      };
      /** What may be used. A measure that is left out keeps its default, or is not limited where there is none. */
      budgets?: {
        /** What the cost of models is counted in. Default `USD`. */
        currency?: string;
        /** Of one workflow, from its beginning. */
        run?: {
          /** Calls of tools by one workflow. Default 2000. */
          steps?: number;
          /** Tokens of models used by one workflow. Default 2000000. */
          tokens?: number;
          /** Cost of the models of one workflow, in the currency. Default 20. */
          money?: number;
        };
        /** Of one owner group in a day (UTC). */
        teamDay?: {
          /** Calls of tools by one owner group in a day. Default not limited. */
          steps?: number;
          /** Tokens of models used by one owner group in a day. Default not limited. */
          tokens?: number;
          /** Cost of the models of one owner group in a day, in the currency. Default 100. */
          money?: number;
        };
        /** Of one owner group in a month (UTC). */
        teamMonth?: {
          /** Calls of tools by one owner group in a month. Default not limited. */
          steps?: number;
          /** Tokens of models used by one owner group in a month. Default not limited. */
          tokens?: number;
          /** Cost of the models of one owner group in a month, in the currency. Default 1000. */
          money?: number;
        };
      };
      /** Entity refs of those who are told of used-up budgets and loops, besides whom they concern. Default nobody. */
      alertRecipients?: string[];
      /** When repetition is a loop that only a person may go on with. */
      loops?: {
        /** Times that the same call may fail or be undone. Default 3. */
        attempts?: number;
        /** Times in a day that a service may be done and undone with the same tool. Default 3. */
        flapsPerDay?: number;
        /** Failures of one service in ten minutes. Default 20. */
        failuresPerTenMinutes?: number;
      };
    };
    /** When the sweeper looks for what nobody needs any more. */
    sweeper?: {
      /** Hours between two looks of the schedule. Default 6. */
      everyHours?: number;
      /** What goes without asking a person; repositories, databases and processes never do. Default `[rows]`. */
      automatic?: Array<'rows' | 'files'>;
      /** Days for which what a workflow made is left alone after the workflow has ended. Default 14. */
      graceDays?: number;
      /** Days after which what was set aside is deleted. Default 90. */
      archiveDays?: number;
    };
    /** Where secrets are kept, and who is told of those that are due for a new value. */
    secrets?: {
      /**
       * Keys of the portal's own store, 32 bytes in base64 each. The first encrypts, all of them decrypt.
       * Default one that is made in the data folder; in production they have to be given.
       * @deepVisibility secret
       */
      keys?: string[];
      /** Id of the store that new secrets go into. Default the first of `stores`, else `portal`. */
      defaultStore?: string;
      /**
       * Ids of stores of which the later ones stand in for reading while the first is away. They hold
       * copies of what is written to it or read from it. New secrets go into the first, unless
       * `defaultStore` says otherwise. Default none.
       */
      stores?: string[];
      /** Entity refs of the users and groups that are told of secrets that are due. Default nobody. */
      notify?: string[];
    };
    /** For how long what is on record stays. */
    retention?: {
      /** Days after which the engine forgets runs that have ended. Default 7. */
      engineDays?: number;
      /** Days after which delivered events are deleted. Default 30. */
      outboxDays?: number;
      /** Days after which events that could not be delivered are deleted. Default 90. */
      deadLetterDays?: number;
      /** Days after which the figures of agents are deleted. Default 30. */
      figureDays?: number;
      /** Days after which lines of the histories of ended workflows are deleted. Default 365. */
      eventDays?: number;
      /** Days after which deployments that do not run any more are deleted. Default 90. */
      deploymentDays?: number;
      /** Days after which single uses of budgets by ended workflows are deleted; totals stay. Default 90. */
      usageDays?: number;
      /** Days after which totals of budgets by day and month, and alerts, are deleted. Default 400. */
      usageTotalDays?: number;
      /** Days after which what the loop detector looks at is deleted. Default 90. */
      traceDays?: number;
      /** Days after which the log of who used which secret is deleted. Default 400. */
      secretAccessDays?: number;
      /** Days after which sweeps and what became of their items are deleted. Default 365. */
      sweepDays?: number;
      /** Days after which resolved incidents are deleted with what happened about them, more than 7. Default 365. */
      incidentDays?: number;
      /**
       * Days after which ended workflows are deleted with everything that belongs to them, unless their
       * service is still there. Their change records stay. Default kept.
       */
      workflowDays?: number;
      /**
       * Days after which the payloads of change records are erased. Entries and their digests stay, so
       * records stay verifiable. Default kept.
       */
      payloadDays?: number;
    };
    /** The local target: repositories, databases and services on the machine of the portal. For development only. */
    local?: {
      /**
       * Folder with ready-made `node_modules` of services, by the hash of their lock file. Default
       * `.cache/agentic/service-dependencies` of the repository that the portal runs from.
       */
      dependencyStore?: string;
      /** Git, which publishes. */
      git?: {
        /** The git program. Default `git`. */
        program?: string;
      };
      /** The PostgreSQL of created services. */
      postgres?: {
        /**
         * Connection string of an administrator of a PostgreSQL that is there already. Default a server
         * that is started in the data folder.
         * @visibility secret
         */
        connection?: string;
        /** Where a port for that server is looked for. */
        portRange?: {
          /** The first port for that server. Default 24600. */
          from?: number;
          /** The last port for that server. Default `from` + 99. */
          to?: number;
        };
      };
      /** Created services as processes. */
      process?: {
        /** Where ports for services are looked for. */
        portRange?: {
          /** The first port for services. Default 21000. */
          from?: number;
          /** The last port for services. Default `from` + 999. */
          to?: number;
        };
        /** What one service may use. */
        limits?: {
          /** Memory in MiB, above what Node itself reserves, at least 64. Default 512. */
          memoryMb?: number;
          /** Processes and threads together, at least 32. Default 128. */
          processes?: number;
          /** Open files, at least 64. Default 4096. */
          openFiles?: number;
          /** Size of the log in MiB at which the older half goes. Default 20. */
          logMb?: number;
        };
        /**
         * The Python that runs Python services, 3.11 to 3.14 with its module venv. Default the
         * system's, or the first such one on the PATH.
         */
        python?: string;
        /** The Go that compiles Go services, 1.26 or later. Default the first one on the PATH. */
        go?: string;
        /** Whether bubblewrap is used where it is there and works. Default true. */
        bubblewrap?: boolean;
      };
    };
  };
}
