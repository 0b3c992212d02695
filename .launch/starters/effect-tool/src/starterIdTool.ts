import {
  createEffectTool,
  type EffectTool,
} from '@agentic-backstage/plugin-agentic-node';
import { ConflictError } from '@backstage/errors';
import { createHash } from 'node:crypto';
import { NoteFolder, type Note } from './NoteFolder';
import type { StarterIdOptions } from './readStarterIdOptions';
import { StarterIdParams, StarterIdResult } from './schema';

const now = () => new Date().toISOString();
const resultOf = ({ text }: Pick<Note, 'text'>): StarterIdResult => ({
  digest: createHash('sha256').update(text).digest('hex'),
});

/** Writes a note into a folder, once, and takes only its own away again. */
export function createStarterIdTool(
  options: StarterIdOptions,
): EffectTool<StarterIdParams, StarterIdResult> {
  const notes = new NoteFolder(options.folder);

  return createEffectTool<StarterIdParams, StarterIdResult>({
    id: 'starter.id',
    title: 'Starter title',
    description: 'Writes a note into a folder.',
    schema: StarterIdParams,
    result: StarterIdResult,
    // The folder is on the machine of the portal; drop this line for a tool that works elsewhere.
    localOnly: true,

    blastRadius: ({ name }) => ({
      scope: 'service',
      destructive: false,
      description: `The note ${name}; a note of somebody else is never replaced`,
    }),

    rollbackStrategy: ({ name }) => `The note ${name} is removed`,

    estimateCost: () => ({
      status: 'known',
      currency: 'USD',
      monthly: 0,
      lines: [
        {
          item: 'A note',
          monthly: 0,
          source: 'A file on the machine of the portal; nothing is rented',
        },
      ],
    }),

    async validate({ name }) {
      return (await notes.read(name))
        ? [
            {
              field: 'name',
              message: `There is a note ${name} already`,
              remedy: 'Choose another name, or remove the note',
            },
          ]
        : [];
    },

    async dryRun({ name, text }) {
      return {
        summary: `A note ${name} with ${text.length} characters`,
        changes: [
          { action: 'create', resource: name, detail: text.slice(0, 200) },
        ],
        warnings: [],
      };
    },

    async execute({ name, text }, { idempotencyKey, log }) {
      const there = await notes.read(name);
      if (there && there.key !== idempotencyKey) {
        throw new ConflictError(
          `Somebody else wrote the note ${name} in the meantime; choose another name`,
        );
      }
      if (!there) {
        await notes.write(name, { key: idempotencyKey, text });
        log.info(`Wrote the note ${name}`);
      }
      return resultOf({ text });
    },

    async readBack({ name }, _result, { idempotencyKey }) {
      const there = await notes.read(name);
      return there?.key === idempotencyKey
        ? {
            state: 'confirmed',
            evidence: `The note ${name} is there, with ${there.text.length} characters`,
            observedAt: now(),
            result: resultOf(there),
          }
        : {
            state: 'absent',
            evidence: there
              ? `The note ${name} is somebody else's`
              : `There is no note ${name}`,
            observedAt: now(),
          };
    },

    async rollback({ name }, _result, { idempotencyKey }) {
      const there = await notes.read(name);
      if (there?.key === idempotencyKey) {
        await notes.remove(name);
      }
      const left = await notes.read(name);
      return {
        state: left?.key === idempotencyKey ? 'unknown' : 'absent',
        evidence: left
          ? `The note ${name} that is there is somebody else's`
          : `There is no note ${name}`,
        observedAt: now(),
      };
    },
  });
}
