import type { PlanningResult } from '@agentic-backstage/plugin-agentic-node';
import { validateServiceSpec } from '@agentic-backstage/service-templates';
import fc from 'fast-check';
import { toServiceSpec } from './__fixtures__/toServiceSpec';
import { aRequest } from './__fixtures__/aRequest';
import { labelledRequests } from './__fixtures__/labelledRequests';
import { createPlanner } from './createPlanner';
import { DraftedPlan } from './schema';

const OWNER = /^(group|user):[^/\s]+\/[^/\s]+$/;
const NAME = /^[a-z][a-z0-9-]{1,38}[a-z0-9]$/;

/** Fragments that mean something, in any order, now and then with something that does not. */
const words = fc
  .array(
    fc.oneof(
      {
        weight: 12,
        arbitrary: fc.constantFrom(
          ...labelledRequests.flatMap(([text]) => text.split(/(?<=,) /)),
          ...['Create a service', 'with PostgreSQL', 'no database', 'and'],
          ...['called orders-api', 'deploy to staging', 'in Node', ','],
          ...['highly available', 'at most $50 a month', 'on port 3000'],
        ),
      },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }) },
    ),
    { maxLength: 5 },
  )
  .map(parts => parts.join(' '));

const often = <Value>(usual: fc.Arbitrary<Value>, odd: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: odd });

const parameters = fc.record(
  {
    serviceName: often(
      fc.stringMatching(/^[a-z][a-z0-9-]{0,42}$/),
      fc.string({ unit: 'binary', maxLength: 60 }),
    ),
    language: often(
      fc.constantFrom('nodejs', 'Node.js', 'FastAPI', 'go', ''),
      fc.constantFrom('cobol', 'x', '__proto__'),
    ),
    database: often(
      fc.constantFrom('postgresql', 'none', ''),
      fc.constantFrom('mysql', 'constructor'),
    ),
    environment: often(
      fc.constantFrom('staging', 'production', 'dev', ''),
      fc.constant('mars'),
    ),
    owner: often(
      fc.constantFrom('team-a', 'user:default/ada'),
      fc.string({ maxLength: 20 }),
    ),
    port: fc.integer({ min: 1024, max: 65535 }),
    highAvailability: often(fc.constant(false), fc.constant(true)),
    monthlyBudget: often(fc.integer({ min: 30, max: 99 }), fc.nat({ max: 30 })),
    description: often(
      fc.string({ maxLength: 40 }),
      fc.string({ unit: 'binary', maxLength: 40 }),
    ),
  },
  { requiredKeys: ['serviceName'] },
);

const request = fc.record({
  description: fc.oneof(
    { weight: 9, arbitrary: fc.constant('') },
    { weight: 5, arbitrary: words },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  ),
  template: often<string | undefined>(
    fc.constantFrom(undefined, 'microservice-rest-api', 'microservice-db'),
    fc.constantFrom('__proto__', 'constructor'),
  ),
  parameters,
});

/** What is wrong with an answer of the planner, whatever it was asked. */
function faultsOf(result: PlanningResult): string[] {
  if (result.status === 'refused') {
    return result.problems.length + result.questions.length === 0
      ? ['refused without a reason']
      : [];
  }
  const parsed = DraftedPlan.safeParse(result.draft);
  if (!parsed.success) return [parsed.error.message];
  const { intent, tasks } = parsed.data;
  const check = validateServiceSpec(toServiceSpec(intent));
  const before = new Set<string>();
  const faults: string[] = [];
  // What is planned can be rendered.
  if (!check.ok) faults.push(JSON.stringify(check.problems));
  if (!NAME.test(intent.serviceName)) faults.push(intent.serviceName);
  if (!OWNER.test(intent.owner)) faults.push(intent.owner);
  for (const { taskId, dependsOn } of tasks) {
    faults.push(...dependsOn.filter(id => !before.has(id)));
    before.add(taskId);
  }
  return faults;
}

describe('createPlanner with anything at all', () => {
  it('answers a valid plan with a valid name, or says why not', async () => {
    let plans = 0;
    await fc.assert(
      fc.asyncProperty(request, async given => {
        const result = await createPlanner().plan(aRequest(given));
        plans += result.status === 'planned' ? 1 : 0;
        expect(faultsOf(result)).toEqual([]);
      }),
      { numRuns: 800 },
    );
    // Otherwise the first half of the property has hardly been tried.
    expect(plans).toBeGreaterThan(60);
  });

  it('never takes a technology for wanted that the words only rule out', async () => {
    const thing = fc.constantFrom('PostgreSQL', 'postgres', 'a database', 'pg');
    const negation = fc.constantFrom(
      ...['without', 'no', 'not', "don't use", 'never', 'avoid', 'except'],
      ...['instead of', 'must not', 'anything but', 'neither'],
    );
    const between = fc.constantFrom(
      ...['', ' need', ' use', ' only', ' just', ' the', ' and', ',', ' with'],
      ...[' really', ' deploy', ' a new', '\n', ' not', ' or'],
    );
    await fc.assert(
      fc.asyncProperty(negation, between, thing, async (not, filler, what) => {
        const result = await createPlanner().plan(
          aRequest({
            description: `Create a service called user-service, ${not}${filler} ${what}`,
          }),
        );
        expect(result).not.toMatchObject({
          draft: { intent: { database: 'postgresql' } },
        });
      }),
      { numRuns: 600 },
    );
  });
});
