import {
  listTemplates,
  renderService,
} from '@agentic-backstage/service-templates';
import {
  aCriticArtifact,
  aCriticSubject,
} from '../../__testUtils__/criticSubject';
import { builtInRules } from './builtInRules';
import { DEFAULT_CRITIC_SETTINGS } from './CriticSettings';
import { reviewSubject } from './reviewSubject';

const codegen = {
  id: 'codegen',
  version: '1.0.0',
  lane: 'read_only',
  artifacts: 'required',
} as const;
const PARTS = ['repository', 'infrastructure', 'pipeline'] as const;

const outputs = listTemplates().flatMap(
  ({ id, language, pattern, databases }) =>
    databases.flatMap(database =>
      PARTS.map(part => ({
        id,
        part,
        database,
        paths: renderService(
          {
            name: 'orders',
            description: 'Keeps orders',
            owner: 'group:default/payments',
            language,
            pattern,
            database,
            environment: 'production',
            port: 8080,
            highAvailability: false,
          },
          {
            parts: [part],
            provenance: {
              generator: 'codegen',
              requestId: 'wf-1',
              requestedBy: 'user:default/ada',
              approvals: { strategic: 'none', final: 'none' },
              purpose: 'test',
              planHash: 'a'.repeat(64),
              template: id,
              templateHash: 'b'.repeat(64),
            },
          },
        ).map(({ path }) => path),
      })),
    ),
);

describe('the critic and what the templates give', () => {
  it.each(outputs.filter(({ paths }) => paths.length > 0))(
    'has no objection to the $part of $id with database $database, in production',
    async ({ paths }) => {
      const review = await reviewSubject(
        builtInRules(DEFAULT_CRITIC_SETTINGS),
        aCriticSubject({
          stage: 'output',
          environment: 'production',
          agent: codegen,
          artifacts: [aCriticArtifact(...paths)],
          output: { artifactId: aCriticArtifact().artifactId },
        }),
      );
      expect(review).toMatchObject({ decision: 'approve', findings: [] });
    },
  );

  it.each(outputs.filter(({ part }) => part === 'repository'))(
    'would object to the code of $id with database $database without its tests',
    async ({ paths }) => {
      const review = await reviewSubject(
        builtInRules(DEFAULT_CRITIC_SETTINGS),
        aCriticSubject({
          stage: 'output',
          environment: 'production',
          agent: codegen,
          artifacts: [
            aCriticArtifact(
              ...paths.filter(each => !/(^|\/)tests?\/|_test\.go$/.test(each)),
            ),
          ],
        }),
      );
      expect(review.decision).toBe('block');
    },
  );
});
