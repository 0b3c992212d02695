import type { ArtifactFileInput } from '@agentic-backstage/plugin-agentic-node';
import { checkFiles } from '@agentic-backstage/policy-packs';
import { NotAllowedError } from '@backstage/errors';
import type { CodegenOutput } from '../schema';

const MOST_NAMED = 5;

/** Checks what was just generated. A file that fails is a mistake of the generator: it is refused with file and line. */
export async function checkOwnWork(
  files: readonly ArtifactFileInput[],
): Promise<CodegenOutput['checks']> {
  const checks = await checkFiles(files);
  const mistakes = checks
    .filter(({ status }) => status === 'failed')
    .flatMap(({ path, violations }) =>
      violations.map(
        ({ line, rule, message }) =>
          `${line ? `${path}:${line}` : path} ${message} (${rule})`,
      ),
    );
  if (mistakes.length > 0) {
    const more = mistakes.length - MOST_NAMED;
    throw new NotAllowedError(
      `The generated files have ${
        mistakes.length
      } mistakes; correct the template: ${mistakes
        .slice(0, MOST_NAMED)
        .join('; ')}${more > 0 ? `; and ${more} more` : ''}`,
    );
  }
  const passed = checks.filter(({ status }) => status === 'passed').length;
  return { passed, needsReview: checks.length - passed };
}
