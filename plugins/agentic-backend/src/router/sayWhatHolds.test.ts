import { mockCredentials } from '@backstage/backend-test-utils';
import { InputError } from '@backstage/errors';
import {
  startSamplePortal,
  type SamplePortal,
} from '../__testUtils__/startSamplePortal';
import { TaskHold } from '../runtime/TaskHold';

jest.setTimeout(120_000);

const ADA = mockCredentials.user.header('user:default/ada');
const BEN = mockCredentials.user.header('user:default/ben');

describe('an undoing that has to wait', () => {
  let portal: SamplePortal;
  let undoing: () => void;

  beforeAll(async () => {
    portal = await startSamplePortal({
      faults: {
        beforeMake: name => {
          if (name === 'process') throw new InputError('it does not fit');
        },
        beforeRemove: () => undoing(),
      },
    });
  });
  afterAll(() => portal.stop());

  /** A workflow that failed, with an effect that could not be undone, and how to undo it again. */
  async function stuck(serviceName: string) {
    undoing = () => {
      throw new Error('the disk is away');
    };
    const created = await portal.call('post', '/workflows', {
      as: ADA,
      body: {
        template: 'sample',
        parameters: { serviceName, environment: 'staging' },
      },
    });
    const id = String(created.body.workflowId);
    await portal.reaches(id, 'awaiting_approval', ADA);
    const { body } = await portal.call('get', `/workflows/${id}`, { as: ADA });
    const [approval] = body.approvals as Array<Record<string, string>>;
    await portal.call('post', `/approvals/${approval.approvalId}/decision`, {
      as: BEN,
      body: { decision: 'approve', reason: '', scopeHash: approval.scopeHash },
    });
    await portal.reaches(id, 'failed', ADA);
    return {
      id,
      undo: () =>
        portal.call('post', `/workflows/${id}/effects/${id}.t3.repo/undo`, {
          as: ADA,
          body: { reason: 'it has to go' },
        }),
    };
  }

  it('is answered with 409, what holds it and what to do, and is on record', async () => {
    const { id, undo } = await stuck('held-service');
    undoing = () => {
      throw new TaskHold('the tool is being looked after', 'maintenance');
    };
    const held = await undo();
    expect(held).toMatchObject({
      status: 409,
      body: {
        error: {
          name: 'ConflictError',
          message:
            "Nothing was undone, because the gate 'maintenance' holds it: the tool is being looked after. Send the request again when that is settled",
        },
      },
    });
    const record = await portal.call('get', `/workflows/${id}/record`, {
      as: ADA,
    });
    expect(JSON.stringify(record.body)).toContain('request.refused');
    undoing = () => undefined;
    expect(await undo()).toMatchObject({ status: 200, body: { undone: true } });
  });

  it('is answered with 503 while what it needs is away', async () => {
    const { undo } = await stuck('away-service');
    let answer = await undo();
    for (let tries = 0; answer.status === 200 && tries < 20; tries++) {
      expect(answer.body.undone).toBe(false);
      answer = await undo();
    }
    expect(answer).toMatchObject({
      status: 503,
      body: { error: { name: 'ServiceUnavailableError' } },
    });
    expect(answer.body.error?.message).toMatch(
      /^Nothing was changed: 'tool:world' has failed .* the disk is away/,
    );
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });
});
