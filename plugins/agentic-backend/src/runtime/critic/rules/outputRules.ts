import {
  createCriticRule,
  type CriticRule,
} from '@agentic-backstage/plugin-agentic-node';

const SOURCE = /\.(ts|tsx|js|mjs|cjs|jsx|py|go|java|kt|rs|rb|cs)$/;
const TEST =
  /(^|\/)(tests?|__tests__|spec)\/|[._-](test|tests|spec)\.[a-z]+$|_test\.go$|(^|\/)test_[^/]+\.py$|Tests?\.(java|kt|cs)$/;

const artifactsThere = createCriticRule({
  id: 'output.artifacts',
  title: 'A task that has to give artifacts gave one, and names only its own',
  review({ stage, agent, artifacts, output }) {
    if (stage !== 'output') {
      return [];
    }
    const named = output?.artifactId;
    if (
      typeof named === 'string' &&
      !artifacts.some(({ artifactId }) => artifactId === named)
    ) {
      return [
        {
          decision: 'block',
          reason: `It answers with artifact '${named.slice(
            0,
            12,
          )}…', which it did not make`,
          remedy:
            'Keep the files with artifacts.save and answer with the id that gives.',
        },
      ];
    }
    const empty = artifacts.every(({ files }) => files.length === 0);
    return agent.artifacts === 'required' && empty
      ? [
          {
            decision: 'block',
            reason: `Agent '${agent.id}' has to give an artifact and gave none`,
            remedy: 'Retry the task; if it stays so, the agent is broken.',
          },
        ]
      : [];
  },
});

const testsThere = createCriticRule({
  id: 'output.tests',
  title: 'Source code comes with tests',
  review({ stage, production, artifacts }) {
    if (stage !== 'output') {
      return [];
    }
    const paths = artifacts.flatMap(({ files }) =>
      files.map(({ path }) => path),
    );
    const source = paths.filter(path => SOURCE.test(path) && !TEST.test(path));
    return source.length > 0 && !paths.some(path => TEST.test(path))
      ? [
          {
            decision: production ? 'block' : 'needs_person',
            reason: `There are ${source.length} source file(s), for example ${source[0]}, and no test`,
            remedy: 'Use a template with tests, or have a person take it over.',
          },
        ]
      : [];
  },
});

/** What has to be true of what a task gave, before other tasks build on it. */
export const outputRules: readonly CriticRule[] = [artifactsThere, testsThere];
