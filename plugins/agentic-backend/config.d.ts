import type { HumanDuration } from '@backstage/types';

export interface Config {
  /** The Agentic Framework. */
  agentic?: {
    /** Folder for what the local (development) target and the embedded engine keep on disk. Default `.agentic`. */
    dataDir?: string;
    engine?: {
      /** `pglite` (in process) or `postgres`. By default it follows the plugin's database. */
      kind?: 'pglite' | 'postgres';
      /** Schema of the engine's tables in PostgreSQL. Default `agentic_engine`. */
      schema?: string;
      /** The most connections each process opens for the engine in PostgreSQL, at least 4. Default 12. */
      maxConnections?: number;
      /**
       * Another way to the PostgreSQL server than the plugin's own, around PgBouncer for example: a
       * connection string, or settings as in `backend.database.connection`. The password does not expire.
       * @deepVisibility secret
       */
      connection?: string | object;
    };
    approvals?: {
      /** Who may sign in which role: entity refs of users and groups. Nobody, unless it is said here. */
      roles?: {
        strategic?: string[];
        final?: string[];
      };
      /** Rules by environment. Environments without rules need both signatures. */
      environments?: {
        [name: string]: {
          requiredRoles?: Array<'strategic' | 'final'>;
          /** Only for `development`. */
          requesterMayApprove?: boolean;
          /** The critic gives the strategic signature when it has nothing to object. Not in production. Default false. */
          criticMaySign?: boolean;
          /** Kept as production is: two people sign, and the critic is a third. Default true for `production` and `prod`. */
          production?: boolean;
        };
      };
      /** `fixed` (the default): the strategic signature comes before the final one. `any`: in any order. */
      order?: 'fixed' | 'any';
      /** Hours after which an undecided approval expires. Default 72. */
      expiresAfterHours?: number;
      /** Share of the time to expiry after which those who can sign are reminded once. Default 0.5. */
      remindAtShare?: number;
      /** Share of the time to expiry after which `escalateTo` is told once. Default 0.8. */
      escalateAtShare?: number;
      /** Entity refs of users and groups that are told when nobody decides. Nobody, unless it is said here. */
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
        /** Entity refs of those who may ask as well, and go on with, retry and stop what others asked for. */
        operators?: string[];
        /** Subjects of machines that may ask in their own name; see `machineAccess`. */
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
       * incident. Without it those who hold an approval role are told, and nobody after them.
       */
      escalation?: string[];
      /** How long nobody may acknowledge an incident before the next in line is told. Default 15 minutes. */
      escalateAfter?: HumanDuration | string;
      /** How long after its end an incident is opened again when the same thing happens. Default 24 hours. */
      reopenWithin?: HumanDuration | string;
    };
    critic?: {
      /** Hours for which a verdict of the critic holds. Default 24. */
      validHours?: number;
      /** What an unknown cost means, by environment. By default `note` in development, `block` in production, else `needs_person`. */
      unknownCost?: {
        [environment: string]: 'note' | 'needs_person' | 'block';
      };
    };
    agents?: {
      [id: string]: {
        /**
         * The lane the agent starts in, recorded as a promotion by configuration. Agents that come with
         * the framework start in the lane they declare, all others `read_only`. Takes effect when its
         * value is new; what people decide afterwards stays.
         */
        lane?: 'read_only' | 'dry_run' | 'execute';
      };
    };
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
        /** Of one user. Default 100. */
        perUser?: number;
        /** Of one owner group. Default 300. */
        perTeam?: number;
        /** Of everybody. Default 2000. */
        overall?: number;
      };
      /** What may be used. A measure that is left out keeps its default, or is not limited where there is none. */
      budgets?: {
        /** What money is counted in. Default `USD`. */
        currency?: string;
        /** Of one workflow, from its beginning. Default 2000 steps, 2000000 tokens, 20 of the currency. */
        run?: {
          /** Calls of tools. */
          steps?: number;
          /** Tokens of models. */
          tokens?: number;
          /** Cost of models. */
          money?: number;
        };
        /** Of one owner group in a day (UTC). Default 100 of the currency. */
        teamDay?: { steps?: number; tokens?: number; money?: number };
        /** Of one owner group in a month (UTC). Default 1000 of the currency. */
        teamMonth?: { steps?: number; tokens?: number; money?: number };
      };
      /** Entity refs of those who are told of used-up budgets and loops, besides whom they concern. */
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
    sweeper?: {
      /** Hours between two looks of the schedule. Default 6. */
      everyHours?: number;
      /** What goes without asking a person. Default `rows`. Repositories, databases and processes never do. */
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
       * Needed in production.
       * @deepVisibility secret
       */
      keys?: string[];
      /** Id of the store that new secrets go into. Default the first of `stores`, else `portal`. */
      defaultStore?: string;
      /**
       * Ids of stores of which the later ones stand in for reading while the first is away. They hold
       * copies of what is written to it or read from it. New secrets go into the first, unless
       * `defaultStore` says otherwise.
       */
      stores?: string[];
      /** Entity refs of the users and groups that are told. Nobody, unless it is said here. */
      notify?: string[];
    };
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
       * service is still there. Their change records stay. Without it workflows are kept.
       */
      workflowDays?: number;
      /**
       * Days after which the payloads of change records are erased. Entries and their digests stay, so
       * records stay verifiable. Without it payloads are kept.
       */
      payloadDays?: number;
    };
    /** The local target: repositories, databases and services on the machine of the portal. For development only. */
    local?: {
      /**
       * Folder with ready-made `node_modules` of services, by the hash of their lock file. By default
       * `.cache/agentic/service-dependencies` of the repository that the portal runs from.
       */
      dependencyStore?: string;
      git?: {
        /** The git program. Default `git`. */
        program?: string;
      };
      postgres?: {
        /**
         * Connection string of an administrator of a PostgreSQL that is there already. By default a
         * server is started in the data folder.
         * @visibility secret
         */
        connection?: string;
        /** Where a port for that server is looked for. Default 24600 to 24699. */
        portRange?: { from?: number; to?: number };
      };
      process?: {
        /** Where ports for services are looked for. Default 21000 to 21999. */
        portRange?: { from?: number; to?: number };
        /** What one service may use. */
        limits?: {
          /** Memory in MiB, above what Node itself reserves. Default 512, at least 64. */
          memoryMb?: number;
          /** Processes and threads together. Default 128, at least 32. */
          processes?: number;
          /** Open files. Default 4096, at least 64. */
          openFiles?: number;
          /** Size of the log in MiB at which the older half goes. Default 20. */
          logMb?: number;
        };
        /**
         * The Python that runs Python services, 3.11 to 3.14 with its module venv. By default the
         * system's, or the first such one on the PATH.
         */
        python?: string;
        /** The Go that compiles Go services, 1.26 or later. By default the first one on the PATH. */
        go?: string;
        /** Whether bubblewrap is used where it is there and works. Default true. */
        bubblewrap?: boolean;
      };
    };
  };
}
