import { CAPABILITIES } from './capabilities';
import type { TaskDeciding, TaskKind } from './taskBlueprints';

/** A plan that has proved itself for a common kind of service. */
export interface ServicePattern {
  readonly id: string;
  readonly title: string;
  /** The kind of request it was made for, in any of these languages. */
  readonly fits: Omit<TaskDeciding, 'language'>;
  readonly languages: readonly string[];
  readonly goals: readonly {
    readonly id: string;
    readonly title: string;
    readonly tasks: readonly TaskKind[];
  }[];
}

const running = {
  id: 'running',
  title: 'The service runs',
  tasks: ['deployment'],
} as const;
const assurance = {
  id: 'assurance',
  title: 'The service is known to be compliant and healthy',
  tasks: ['compliance', 'health'],
} as const;

/** Known patterns, the most specific first. */
export const PATTERN_LIBRARY: readonly ServicePattern[] = [
  {
    id: 'rest-service-with-postgresql',
    title: 'REST service with PostgreSQL in one zone',
    languages: CAPABILITIES.language,
    fits: {
      pattern: 'rest-api',
      database: 'postgresql',
      highAvailability: false,
    },
    goals: [
      {
        id: 'code',
        title: 'Repository, Terraform and pipelines exist',
        tasks: ['repository', 'infrastructure', 'pipeline'],
      },
      running,
      assurance,
    ],
  },
  {
    id: 'rest-service',
    title: 'REST service without a database',
    languages: CAPABILITIES.language,
    fits: {
      pattern: 'rest-api',
      database: 'none',
      highAvailability: false,
    },
    goals: [
      {
        id: 'code',
        title: 'Repository and pipelines exist',
        tasks: ['repository', 'pipeline'],
      },
      running,
      assurance,
    ],
  },
];

const WEIGHTS: Readonly<Record<keyof TaskDeciding, number>> = {
  database: 0.4,
  pattern: 0.3,
  language: 0.2,
  highAvailability: 0.1,
};

/** How well a pattern fits, from 0 to 1; 1 means in every respect. */
export function scorePattern(
  { fits, languages }: ServicePattern,
  intent: TaskDeciding,
): number {
  const score = (Object.keys(WEIGHTS) as (keyof TaskDeciding)[])
    .filter(key =>
      key === 'language'
        ? languages.includes(intent.language)
        : fits[key] === intent[key],
    )
    .reduce((sum, key) => sum + WEIGHTS[key], 0);
  return Math.round(score * 100) / 100;
}

/** The pattern that fits best, with its score. */
export function matchPattern(intent: TaskDeciding): {
  readonly pattern: ServicePattern;
  readonly score: number;
} {
  return PATTERN_LIBRARY.map(pattern => ({
    pattern,
    score: scorePattern(pattern, intent),
  })).reduce((best, next) => (next.score > best.score ? next : best));
}
