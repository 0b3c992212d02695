import {
  createAgent,
  type Agent,
  type ProposedEffect,
} from '@agentic-backstage/plugin-agentic-node';
import { z } from 'zod';
import { currentProcess } from './CrashingKnex';
import type { Scenario } from './Scenario';

const Input = z.object({
  makes: z.array(z.string()),
  strategy: z.literal('rolling'),
});

/** The id of the tool the agent may use, and of one that it has not declared. */
export const DECLARED_TOOL = 'model.make';
export const UNDECLARED_TOOL = 'model.secret';

/** How a call that must never pass was answered. */
export interface Misuse {
  readonly what: string;
  readonly refusedBy: string | undefined;
  readonly error: unknown;
}

/** The agent of the model, in the mood of the scenario. What it was told when it misused its context is kept. */
export function modelAgent(options: {
  scenario: Scenario;
  misuses: Misuse[];
  /** Something happens while the agent works, before each effect. */
  beforeEffects: () => Promise<void>;
}): Agent {
  const { scenario, misuses, beforeEffects } = options;
  const { mood, declared } = scenario;
  let plans = 0;

  function plan({ makes }: z.infer<typeof Input>): ProposedEffect[] {
    plans += 1;
    return makes.map(name => ({
      key: name,
      tool:
        mood === 'uses an undeclared tool' ? UNDECLARED_TOOL : DECLARED_TOOL,
      params: { name, size: mood === 'changes its mind' ? plans : 1 },
    }));
  }

  async function misuse(what: string, call: () => Promise<unknown>) {
    try {
      await call();
      misuses.push({ what, refusedBy: 'nobody', error: undefined });
    } catch (error) {
      // A dead process was refused by nobody.
      if (currentProcess()?.dead) throw error;
      const gate =
        error instanceof Error && 'gate' in error
          ? String(error.gate)
          : undefined;
      misuses.push({ what, refusedBy: gate, error });
    }
  }

  return createAgent({
    id: 'maker',
    title: 'Maker',
    description: 'Makes things',
    version: '1.0.0',
    lane: declared,
    input: Input,
    output: z.object({ did: z.string() }),
    emits: [],
    permissions: ['artifacts.write'],
    tools: [DECLARED_TOOL],
    plan:
      declared === 'read_only' ? undefined : async ({ input }) => plan(input),
    async execute({ input, artifacts, effects, tools }) {
      await artifacts.save({
        name: 'notes',
        files: [{ path: 'notes.md', content: '# Notes\n' }],
      });
      if (mood === 'calls an effect as a read') {
        await misuse(mood, () =>
          tools.read(DECLARED_TOOL, { name: 'repo', size: 1 }),
        );
      }
      if (mood === 'applies what it did not propose') {
        await misuse(mood, () => effects.apply('never-proposed'));
      }
      // Each is asked for twice: the second time only the record is wanted.
      for (const name of [...input.makes, ...input.makes]) {
        await beforeEffects();
        const applied = effects.apply(name);
        await (mood === 'swallows errors'
          ? applied.catch(() => undefined)
          : applied);
      }
      return { did: input.makes.join(',') };
    },
  });
}
