import type { PlanningRequest } from '@agentic-backstage/plugin-agentic-node';
import type { Reading } from '../reading/Reading';
import type { Obstacles } from '../schema';
import { settle, type Settled } from './settle';

/** Decides what the service is called; a name is never made up. */
export function settleName(
  { parameters, description }: PlanningRequest,
  reading: Reading,
  obstacles: Obstacles,
): Settled<string> | undefined {
  const settled = settle(
    {
      field: 'serviceName',
      title: 'name',
      form: parameters.serviceName || undefined,
      words: reading.names,
    },
    obstacles,
  );
  const isContradicted =
    Boolean(parameters.serviceName) || reading.names.length > 0;
  if (settled || isContradicted) return settled;
  if (description?.trim()) {
    obstacles.questions.push({
      field: 'parameters.serviceName',
      question:
        'What is the service called? Write it in the form, or “called …” in the words.',
      options: [],
    });
  } else {
    obstacles.problems.push({
      field: 'parameters.serviceName',
      message: 'the request names no service',
      remedy: 'Give the service a name, for example “user-service”.',
    });
  }
  return undefined;
}
