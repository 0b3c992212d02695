import type {
  RuntimeProbe,
  RuntimeReport,
} from '@agentic-backstage/plugin-agentic-node';
import { minimalEnvironment } from '../exec/minimalEnvironment';
import { runProcess } from '../exec/runProcess';
import type { LocalProcessOptions } from './localProcessOptions';

/** Generated services are TypeScript that Node runs as it is, which it does from this version on. */
const MINIMUM_MAJOR = 24;

/** Says which Node would run services, or why it cannot. */
export async function nodeReport(
  options: LocalProcessOptions,
): Promise<RuntimeReport> {
  const printed =
    options.node === process.execPath
      ? process.version
      : await runProcess({
          program: options.node,
          args: ['--version'],
          env: minimalEnvironment(),
          timeoutMs: 10_000,
        }).then(
          outcome => outcome.stdout.trim(),
          error => (error as Error).message,
        );
  const major = Number(/^v(\d+)\./.exec(printed)?.[1] ?? 0);
  return major >= MINIMUM_MAJOR
    ? { id: 'nodejs', available: true, detail: printed.slice(1) }
    : {
        id: 'nodejs',
        available: false,
        detail: `Generated services need Node.js ${MINIMUM_MAJOR} or later; the portal runs with '${printed}'`,
      };
}

/** Tells the planner whether Node.js services can be run here. */
export function createNodeProbe(options: LocalProcessOptions): RuntimeProbe {
  return { id: 'nodejs', probe: async () => [await nodeReport(options)] };
}
