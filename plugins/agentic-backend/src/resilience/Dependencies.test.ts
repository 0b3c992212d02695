import {
  createReadOnlyTool,
  type DependencyPolicy,
  type PolicyEvaluator,
} from '@agentic-backstage/plugin-agentic-node';
import { z } from 'zod';
import { quietLogger } from '../__testUtils__/quietServices';
import { Dependencies } from './Dependencies';

const aTool = (id: string, dependency?: DependencyPolicy) =>
  createReadOnlyTool({
    id,
    title: id,
    description: id,
    schema: z.object({}),
    result: z.object({}),
    dependency,
    read: async () => ({}),
  });

const anEvaluator = (id: string): PolicyEvaluator => ({
  id,
  title: id,
  evaluate: async () => undefined,
});

function dependenciesOf(tools: ReturnType<typeof aTool>[]) {
  return new Dependencies({
    tools,
    evaluators: [anEvaluator('formats')],
    logger: quietLogger,
  });
}

describe('Dependencies', () => {
  it('gives the tools of one area one breaker, and another area another', () => {
    const [publish, read, probe] = [
      aTool('git.publish'),
      aTool('git.read'),
      aTool('http.probe'),
    ];
    const all = dependenciesOf([publish, read, probe]);
    expect(all.ofTool(publish)).toBe(all.ofTool(read));
    expect(all.ofTool(publish)).not.toBe(all.ofTool(probe));
    expect(all.states().map(({ id }) => id)).toEqual([
      'database',
      'engine',
      'evaluator:formats',
      'events',
      'notifications',
      'signals',
      'tool:git',
      'tool:http',
    ]);
  });

  it('lets tools say what they lean on, with the stricter limits of both', () => {
    const one = aTool('git.publish', {
      id: 'gitlab',
      concurrency: 2,
      openSeconds: 10,
    });
    const two = aTool('ci.read', {
      id: 'gitlab',
      concurrency: 4,
      openSeconds: 60,
    });
    const all = dependenciesOf([one, two]);
    expect(all.ofTool(one)).toBe(all.ofTool(two));
    expect(all.ofTool(one).state()).toMatchObject({
      id: 'tool:gitlab',
      limits: { concurrency: 2, openSeconds: 60, timeoutSeconds: 120 },
    });
  });

  it('refuses a tool it was never told of', () => {
    expect(() => dependenciesOf([]).ofTool({ id: 'git.read' })).toThrow(
      "'git.read' was registered after the host was built",
    );
  });
});
