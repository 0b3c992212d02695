import { WorkflowParameters } from '@agentic-backstage/plugin-agentic-common';
import { mockServices } from '@backstage/backend-test-utils';
import { validate } from 'jsonschema';
import { parse } from 'yaml';
import { z } from 'zod/v3';
import { AgenticClient } from '../client/AgenticClient';
import { createAgenticGenerateAction } from './createAgenticGenerateAction';
import { createAgenticWorkflowStartAction } from './createAgenticWorkflowStartAction';
import { parametersSchema } from './parametersSchema';

const client = new AgenticClient({
  auth: mockServices.auth(),
  discovery: mockServices.discovery(),
});

const examples = [
  createAgenticWorkflowStartAction({ client, appBaseUrl: 'http://x.example' }),
  createAgenticGenerateAction({ client }),
].flatMap(({ id, examples: own = [], schema }) =>
  own.map(example => ({ id, ...example, schema: schema?.input })),
);

describe('examples of the actions', () => {
  it.each(examples)('$id: $description', ({ id, example, schema }) => {
    const { steps } = parse(example);
    expect(steps).toHaveLength(1);
    expect(steps[0].action).toBe(id);
    expect(validate(steps[0].input, schema ?? false).errors).toEqual([]);
  });

  it('cover both actions', () => {
    expect(new Set(examples.map(({ id }) => id)).size).toBe(2);
  });
});

describe('parametersSchema', () => {
  it('has exactly the fields of the API', () => {
    expect(Object.keys(parametersSchema(z).shape).sort()).toEqual(
      Object.keys(WorkflowParameters.shape).sort(),
    );
  });
});
