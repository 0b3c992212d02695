import { waitFor } from '@testing-library/react';
import { FakeAgenticApi } from '../__fixtures__/FakeAgenticApi';
import { aWorkflow, anEvent } from '../__fixtures__/sampleDomain';
import { AgenticRequestError } from '../api/AgenticRequestError';
import { NOTHING_KNOWN, WorkflowFollower } from './WorkflowFollower';

const SHORT = {
  refreshDelay: 5,
  publishDelay: 1,
  firstRetry: 5,
  longestRetry: 20,
  healthyAfter: 10_000,
};

describe('WorkflowFollower', () => {
  let follower: WorkflowFollower | undefined;

  function follow(api: FakeAgenticApi) {
    const seen = { known: NOTHING_KNOWN };
    follower = new WorkflowFollower({
      api,
      workflowId: 'wf-1',
      timing: SHORT,
      onChange: known => {
        seen.known = known;
      },
    });
    void follower.start();
    return seen;
  }

  const seqs = (seen: { known: typeof NOTHING_KNOWN }) =>
    seen.known.events.map(({ seq }) => seq);
  const streams = (api: FakeAgenticApi) =>
    api.requestsOf('streamEvents') as { after: number }[];

  afterEach(() => follower?.stop());

  it('reads the workflow again when an event tells of a change', async () => {
    const api = new FakeAgenticApi({
      workflows: [aWorkflow({ phase: 'running' })],
      events: [anEvent({ seq: 1 })],
    });
    const seen = follow(api);
    await waitFor(() => expect(seen.known.connection).toBe('live'));
    api.changeWorkflow('wf-1', { phase: 'completed' });
    api.emit(anEvent({ seq: 2, type: 'task', message: 'Task t1 completed' }));
    await waitFor(() => expect(seen.known.workflow?.phase).toBe('completed'));
    expect(seqs(seen)).toEqual([1, 2]);
  });

  it('does not read the workflow again for lines of the log', async () => {
    const api = new FakeAgenticApi({
      workflows: [aWorkflow()],
      events: [anEvent({ seq: 1, type: 'log' })],
    });
    const seen = follow(api);
    await waitFor(() => expect(seqs(seen)).toEqual([1]));
    api.emit(anEvent({ seq: 2, type: 'log' }));
    await waitFor(() => expect(seqs(seen)).toEqual([1, 2]));
    await new Promise(resolve => setTimeout(resolve, 30));
    expect(api.requestsOf('getWorkflow')).toHaveLength(1);
  });

  it('resumes after the last event seen, and drops what it has seen already', async () => {
    const api = new FakeAgenticApi({
      workflows: [aWorkflow()],
      events: [anEvent({ seq: 1 }), anEvent({ seq: 2 })],
    });
    const seen = follow(api);
    await waitFor(() => expect(seqs(seen)).toEqual([1, 2]));
    api.cutStreams();
    await waitFor(() => expect(streams(api)).toHaveLength(2));
    expect(streams(api)[1]).toMatchObject({ after: 2 });
    api.emit(anEvent({ seq: 2 }), anEvent({ seq: 3 }));
    await waitFor(() => expect(seqs(seen)).toEqual([1, 2, 3]));
  });

  it('polls while streaming brings nothing, and returns to the stream', async () => {
    const api = new FakeAgenticApi({
      workflows: [aWorkflow({ lastEventSeq: 99 })],
      events: [anEvent({ seq: 1 })],
    });
    api.failWith('streamEvents', new Error('a proxy does not let it through'));
    const seen = follow(api);
    await waitFor(() => expect(seen.known.connection).toBe('polling'));
    await waitFor(() => expect(seqs(seen)).toEqual([1]));
    api.failWith('streamEvents', undefined);
    api.emit(anEvent({ seq: 2 }));
    await waitFor(() => expect(seen.known.connection).toBe('live'));
    expect(seqs(seen)).toEqual([1, 2]);
  });

  it('rests after the end and goes on when it is woken', async () => {
    const api = new FakeAgenticApi({
      workflows: [aWorkflow({ phase: 'failed', lastEventSeq: 1 })],
      events: [anEvent({ seq: 1 })],
    });
    const seen = follow(api);
    await waitFor(() => expect(seqs(seen)).toEqual([1]));
    api.cutStreams();
    await waitFor(() => expect(seen.known.connection).toBe('ended'));
    const before = streams(api).length;
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(streams(api)).toHaveLength(before);

    api.changeWorkflow('wf-1', { phase: 'running', lastEventSeq: 2 });
    api.emit(anEvent({ seq: 2, message: 'Retried' }));
    follower?.wake();
    await waitFor(() => expect(seen.known.workflow?.phase).toBe('running'));
    await waitFor(() => expect(seqs(seen)).toEqual([1, 2]));
  });

  it.each([403, 404])(
    'asks no more after %s, until it is woken',
    async status => {
      const api = new FakeAgenticApi({ workflows: [aWorkflow()] });
      const refusal = new AgenticRequestError({
        name: 'Refused',
        message: 'no',
        status,
      });
      api.failWith('getWorkflow', refusal);
      const seen = follow(api);
      await waitFor(() => expect(seen.known.connection).toBe('ended'));
      expect(seen.known.error).toBe(refusal);
      expect(streams(api)).toHaveLength(0);

      api.failWith('getWorkflow', undefined);
      follower?.wake();
      await waitFor(() => expect(seen.known.workflow).toBeDefined());
      expect(seen.known.error).toBeUndefined();
    },
  );

  it('keeps what it knows when a refresh fails', async () => {
    const api = new FakeAgenticApi({
      workflows: [aWorkflow()],
      events: [anEvent({ seq: 1 })],
    });
    const seen = follow(api);
    await waitFor(() => expect(seen.known.connection).toBe('live'));
    api.failWith('getWorkflow', new Error('the backend restarts'));
    api.emit(anEvent({ seq: 2 }));
    await waitFor(() => expect(seen.known.error).toBeDefined());
    expect(seen.known.workflow?.serviceName).toBe('orders-api');
  });

  it('says nothing more once stopped', async () => {
    const api = new FakeAgenticApi({
      workflows: [aWorkflow()],
      events: [anEvent({ seq: 1 })],
    });
    const seen = follow(api);
    await waitFor(() => expect(seqs(seen)).toEqual([1]));
    follower?.stop();
    api.emit(anEvent({ seq: 2 }));
    await new Promise(resolve => setTimeout(resolve, 30));
    expect(seqs(seen)).toEqual([1]);
  });
});
