import { NotAllowedError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { AgenticClient } from '../client/AgenticClient';
import { filledIn } from './filledIn';
import { generateExamples } from './generateExamples';
import { parametersSchema } from './parametersSchema';
import { writeGeneratedFiles } from './writeGeneratedFiles';

/**
 * `agentic:generate`: renders and checks a service and writes it into the workspace. It has no effect
 * outside the workspace, so a dry run does the same. Files that policy denies are not written.
 */
export function createAgenticGenerateAction(options: {
  client: AgenticClient;
}) {
  const { client } = options;
  return createTemplateAction({
    id: 'agentic:generate',
    description:
      'Generates the files of a service, checks them and writes them into the workspace',
    examples: generateExamples,
    supportsDryRun: true,
    schema: {
      input: {
        template: z =>
          z
            .string()
            .describe(
              'Template of the agentic backend, e.g. microservice-with-db',
            )
            .optional(),
        parameters: z => parametersSchema(z).describe('Filled-in form'),
        parts: z =>
          z
            .array(z.enum(['repository', 'infrastructure', 'pipeline']))
            .min(1)
            .describe('Only these parts; everything when absent')
            .optional(),
        targetPath: z =>
          z
            .string()
            .describe(
              'Folder of the workspace to write to; its root when absent',
            )
            .optional(),
        replace: z =>
          z
            .boolean()
            .describe('Replace files that are there with other content')
            .optional(),
      },
      output: {
        artifactId: z => z.string().describe('Content address of the files'),
        verdict: z =>
          z.string().describe('Decision of policy: allow or needs_review'),
        files: z =>
          z.array(z.string()).describe('Paths written, relative to targetPath'),
      },
    },
    async handler(ctx) {
      const { template, parameters, parts, targetPath, replace } = ctx.input;
      const { artifactId, verdict, files } = await client.generate(
        {
          ...filledIn({ template }),
          parameters: filledIn(parameters),
          ...(parts && { parts: [...parts] }),
        },
        {
          credentials: await ctx.getInitiatorCredentials(),
          signal: ctx.signal,
        },
      );
      for (const violation of verdict.violations) {
        const where = violation.file ? ` in ${violation.file}` : '';
        ctx.logger.warn(
          `${violation.severity} ${violation.rule}${where}: ${violation.message}`,
        );
      }
      if (verdict.decision === 'deny') {
        throw new NotAllowedError(
          `Policy denies the generated files, nothing was written: ${verdict.reasons.join(
            '; ',
          )}`,
        );
      }
      await writeGeneratedFiles({
        files,
        workspacePath: ctx.workspacePath,
        targetPath,
        replace,
      });
      ctx.logger.info(
        `${files.length} files written, artifact ${artifactId}, policy: ${verdict.decision}`,
      );
      ctx.output('artifactId', artifactId);
      ctx.output('verdict', verdict.decision);
      ctx.output(
        'files',
        files.map(file => file.path),
      );
    },
  });
}
