import type { ReadBack } from '@agentic-backstage/plugin-agentic-common';
import {
  createEffectTool,
  type EffectTool,
} from '@agentic-backstage/plugin-agentic-node';
import { ConflictError } from '@backstage/errors';
import type { RunbookFolder } from './RunbookFolder';
import { RunbookWriteParams, RunbookWriteResult } from './schema';

const seen = (state: ReadBack['state'], evidence: string): ReadBack => ({
  state,
  evidence,
  observedAt: new Date().toISOString(),
});

/** Writes the runbook of a service, once, and takes only its own away again. */
export function createRunbookWriteTool(
  folder: RunbookFolder,
): EffectTool<RunbookWriteParams, RunbookWriteResult> {
  return createEffectTool<RunbookWriteParams, RunbookWriteResult>({
    id: 'runbook.write',
    title: 'Write a runbook',
    description: 'Writes the runbook of a service into the folder of runbooks.',
    schema: RunbookWriteParams,
    result: RunbookWriteResult,
    localOnly: true,

    blastRadius: ({ serviceName }) => ({
      scope: 'service',
      destructive: false,
      description: `The runbook of ${serviceName}; one that is there is not replaced`,
    }),

    rollbackStrategy: ({ serviceName }) =>
      `The runbook of ${serviceName} is removed`,

    estimateCost: () => ({
      status: 'known',
      currency: 'USD',
      monthly: 0,
      lines: [
        {
          item: 'A runbook',
          monthly: 0,
          source: 'A file on the machine of the portal; nothing is rented',
        },
      ],
    }),

    async validate({ serviceName }) {
      return (await folder.read(serviceName))
        ? [
            {
              field: 'serviceName',
              message: `There is a runbook ${folder.fileOf(
                serviceName,
              )} already`,
              remedy: 'Move it away, if it is not wanted any more',
            },
          ]
        : [];
    },

    async dryRun({ serviceName, text }) {
      return {
        summary: `A runbook of ${serviceName} with ${
          text.split('\n').length
        } lines`,
        changes: [
          {
            action: 'create',
            resource: folder.fileOf(serviceName),
            detail: text,
          },
        ],
        warnings: [],
      };
    },

    async execute({ serviceName, text }, { idempotencyKey, log }) {
      const file = folder.fileOf(serviceName);
      const kept = await folder.read(serviceName);
      if (kept && kept.key !== idempotencyKey) {
        throw new ConflictError(
          `Somebody else has written ${file} in the meantime; move it away and start again`,
        );
      }
      if (!kept) {
        await folder.write(serviceName, text, idempotencyKey);
        log.info(`Wrote ${file}`);
      }
      return { file };
    },

    async readBack({ serviceName, text }, _result, { idempotencyKey }) {
      const file = folder.fileOf(serviceName);
      const kept = await folder.read(serviceName);
      if (kept?.key !== idempotencyKey) {
        return seen(
          'absent',
          kept ? `${file} is somebody else's` : `There is no ${file}`,
        );
      }
      return kept.text === text
        ? {
            ...seen('confirmed', `${file} holds what was approved`),
            result: { file },
          }
        : seen('unknown', `${file} was changed after it was written`);
    },

    async rollback({ serviceName }, _result, { idempotencyKey }) {
      const file = folder.fileOf(serviceName);
      if ((await folder.read(serviceName))?.key === idempotencyKey) {
        await folder.remove(serviceName);
      }
      const left = await folder.read(serviceName);
      return left?.key === idempotencyKey
        ? seen('unknown', `${file} is still there`)
        : seen(
            'absent',
            left
              ? `${file} is somebody else's and stays`
              : `There is no ${file}`,
          );
    },
  });
}
