import type {
  DependencyState,
  FailoverState,
} from '@agentic-backstage/plugin-agentic-common';
import type {
  DependencyPolicy,
  PolicyEvaluator,
  Tool,
} from '@agentic-backstage/plugin-agentic-node';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { Dependency } from './Dependency';
import { stricterLimits } from './dependencyLimits';
import { Failover, type Alternative } from './Failover';

/** Parts of the portal that the host itself leans on. */
export type PortalPart =
  | 'database'
  | 'engine'
  | 'events'
  | 'notifications'
  | 'signals';

const PORTAL_PARTS: Readonly<Record<PortalPart, DependencyPolicy>> = {
  database: {
    concurrency: 2,
    timeoutSeconds: 5,
    retries: 0,
    breakAfter: 3,
    openSeconds: 5,
  },
  engine: {
    concurrency: 2,
    timeoutSeconds: 10,
    retries: 0,
    breakAfter: 3,
    openSeconds: 5,
  },
  events: { concurrency: 4, timeoutSeconds: 30, retries: 0, breakAfter: 3 },
  notifications: {
    concurrency: 4,
    timeoutSeconds: 30,
    retries: 0,
    breakAfter: 3,
  },
  signals: { concurrency: 4, timeoutSeconds: 10, retries: 0, breakAfter: 3 },
};

/** An adapter of one kind of thing, of which there may be several that stand in for each other. */
export interface AdapterDependency {
  readonly id: string;
  readonly kind: DependencyState['kind'];
  readonly policy: DependencyPolicy;
}

/** Everything the framework leans on, each thing with its own breaker. State is of this process. */
export class Dependencies {
  readonly #all = new Map<string, Dependency>();
  readonly #ofTool = new Map<string, Dependency>();
  readonly #ofEvaluator = new Map<string, Dependency>();
  readonly #failovers: Array<{ state(): FailoverState }> = [];
  readonly #logger: LoggerService;
  readonly #onChange: (state: DependencyState) => void;

  constructor(options: {
    tools: readonly Tool[];
    evaluators: readonly PolicyEvaluator[];
    adapters?: readonly AdapterDependency[];
    logger: LoggerService;
    /** Called when a breaker opens, half opens or closes, after it was logged. */
    onChange?: (state: DependencyState) => void;
  }) {
    this.#logger = options.logger;
    this.#onChange = options.onChange ?? (() => undefined);
    for (const [id, policy] of Object.entries(PORTAL_PARTS)) {
      this.#add(id, 'portal', [policy]);
    }
    for (const [id, tools] of byDependency(options.tools)) {
      const policies = tools.flatMap(tool => tool.dependency ?? []);
      const dependency = this.#add(`tool:${id}`, 'tool', policies);
      tools.forEach(tool => this.#ofTool.set(tool.id, dependency));
    }
    for (const { id, kind, policy } of options.adapters ?? []) {
      this.#add(id, kind, [policy]);
    }
    for (const evaluator of options.evaluators) {
      const id = `evaluator:${evaluator.dependency?.id ?? evaluator.id}`;
      const policies = evaluator.dependency ? [evaluator.dependency] : [];
      this.#ofEvaluator.set(
        evaluator.id,
        this.#all.get(id) ?? this.#add(id, 'evaluator', policies),
      );
    }
  }

  ofTool(tool: Pick<Tool, 'id'>): Dependency {
    return known(this.#ofTool.get(tool.id), tool.id);
  }

  ofEvaluator(evaluator: Pick<PolicyEvaluator, 'id'>): Dependency {
    return known(this.#ofEvaluator.get(evaluator.id), evaluator.id);
  }

  ofPortal(part: PortalPart): Dependency {
    return known(this.#all.get(part), part);
  }

  /** The dependency of an adapter, by the id it was announced with. */
  ofAdapter(id: string): Dependency {
    return known(this.#all.get(id), id);
  }

  /** Lets several adapters stand in for each other, and shows who answers. */
  failover<T>(
    id: string,
    alternatives: readonly Alternative<T>[],
  ): Failover<T> {
    const failover = new Failover<T>({
      id,
      alternatives,
      onChange: state => this.#answeredBy(state),
    });
    this.#failovers.push(failover);
    return failover;
  }

  /** Who answers where several stand in for each other. */
  failovers(): FailoverState[] {
    return this.#failovers.map(failover => failover.state());
  }

  /** How everything stands, in the order of the names. */
  states(): DependencyState[] {
    return [...this.#all.values()]
      .map(dependency => dependency.state())
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  #add(
    id: string,
    kind: DependencyState['kind'],
    policies: readonly DependencyPolicy[],
  ): Dependency {
    const dependency = new Dependency({
      id,
      kind,
      limits: stricterLimits(policies),
      onChange: state => this.#changed(state),
    });
    this.#all.set(id, dependency);
    return dependency;
  }

  #answeredBy({ id, order, answering, lastFailover }: FailoverState): void {
    if (answering === order[0]) {
      this.#logger.info(`'${answering}' answers for ${id} again`);
    } else {
      this.#logger.warn(`'${answering}' answers for ${id}`, {
        reason: lastFailover?.reason ?? '',
      });
    }
  }

  #changed(state: DependencyState): void {
    if (state.breaker === 'open') {
      this.#logger.warn(
        `Breaker of '${state.id}' opened after ${state.failures} failures`,
        { lastFailure: state.lastFailure?.message ?? '' },
      );
    } else {
      this.#logger.info(
        `Breaker of '${state.id}' is ${state.breaker.replace('_', ' ')}`,
      );
    }
    this.#onChange(state);
  }
}

function byDependency(tools: readonly Tool[]): Map<string, Tool[]> {
  const groups = new Map<string, Tool[]>();
  for (const tool of tools) {
    const id = tool.dependency?.id ?? tool.id.split('.')[0];
    groups.set(id, [...(groups.get(id) ?? []), tool]);
  }
  return groups;
}

function known(dependency: Dependency | undefined, id: string): Dependency {
  if (!dependency) {
    throw new Error(
      `'${id}' was registered after the host was built; register it in a module's init`,
    );
  }
  return dependency;
}
