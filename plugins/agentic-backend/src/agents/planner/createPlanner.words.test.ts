import { labelledRequests, type Label } from './__fixtures__/labelledRequests';
import { aRequest } from './__fixtures__/aRequest';
import { createPlanner } from './createPlanner';

const DEFAULTS = {
  type: 'create-service',
  owner: 'group:default/team-a',
  language: 'nodejs',
  pattern: 'rest-api',
  database: 'none',
  environment: 'development',
  port: 8080,
  highAvailability: false,
};

const ANY_FIELD: unknown = expect.any(String);

type Of<Kind extends string> = Extract<Label, Record<Kind, unknown>>;

function rowsWith<Kind extends 'plan' | 'problem' | 'question'>(kind: Kind) {
  return labelledRequests.flatMap(([text, label]) =>
    kind in label ? [[text, label as Of<Kind>] as const] : [],
  );
}

const plan = (description: string) =>
  createPlanner().plan(aRequest({ description }));

describe('createPlanner with words', () => {
  it.each(rowsWith('plan'))('plans: %s', async (text, label) => {
    const result = await plan(text);

    expect(result).toMatchObject({
      status: 'planned',
      draft: { intent: { ...DEFAULTS, ...label.plan } },
    });
  });

  it.each(rowsWith('problem'))('refuses: %s', async (text, label) => {
    const result = await plan(text);

    expect(result).toMatchObject({
      status: 'refused',
      problems: expect.arrayContaining([
        expect.objectContaining({
          field: label.field ?? ANY_FIELD,
          message: expect.stringMatching(label.problem),
        }),
      ]),
    });
  });

  it.each(rowsWith('question'))('asks about: %s', async (text, label) => {
    const result = await plan(text);

    expect(result).toMatchObject({
      status: 'refused',
      questions: expect.arrayContaining([
        expect.objectContaining({
          field: label.field ?? ANY_FIELD,
          question: expect.stringMatching(label.question),
        }),
      ]),
    });
  });

  it('leaves out what the words do not say', async () => {
    const result = await plan('Create a service called user-service');

    expect(result).not.toMatchObject({
      draft: { intent: { monthlyBudget: expect.anything() } },
    });
    expect(result).not.toMatchObject({
      draft: { intent: { cloudProvider: expect.anything() } },
    });
  });
});
