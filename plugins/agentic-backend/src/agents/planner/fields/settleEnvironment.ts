import type { PlanningRequest } from '@agentic-backstage/plugin-agentic-node';
import { environmentOf } from '../reading/environmentNames';
import { quoted } from '../reading/quoted';
import type { Reading } from '../reading/Reading';
import type { Obstacles } from '../schema';
import { settle, type Settled } from './settle';

const DEFAULT_ENVIRONMENT = 'development';

/** Decides the environment; where the words only rule one out, asks for another. */
export function settleEnvironment(
  { parameters, environments }: PlanningRequest,
  reading: Reading,
  obstacles: Obstacles,
): Settled<string> | undefined {
  const typed = parameters.environment?.trim().toLowerCase();
  const words = reading.wanted.filter(({ field }) => field === 'environment');
  const excluded = reading.excluded.filter(
    ({ field }) => field === 'environment',
  );
  const settled = settle(
    {
      field: 'environment',
      title: 'environment',
      form: typed ? environmentOf(typed, environments) ?? typed : undefined,
      words,
      excluded,
    },
    obstacles,
  );
  if (settled || typed || words.length) return settled;
  const others = environments.filter(
    name => !excluded.some(({ value }) => value === name),
  );
  if (excluded.length || !environments.includes(DEFAULT_ENVIRONMENT)) {
    obstacles.questions.push({
      field: 'parameters.environment',
      question: excluded.length
        ? `Not ${quoted(excluded[0].words)}: which environment instead?`
        : 'Which environment shall the service be deployed to?',
      options: others,
    });
    return undefined;
  }
  return { value: DEFAULT_ENVIRONMENT, origin: 'default' };
}
