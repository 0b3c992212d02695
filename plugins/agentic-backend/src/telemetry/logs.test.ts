import { WinstonLogger } from '@backstage/backend-defaults/rootLogger';
import express from 'express';
import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import request from 'supertest';
import { format, transports } from 'winston';
import { followRequests } from '../router/followRequests';
import { maskedLogger } from '../runtime/maskedLogger';
import { correlatedLogger } from './correlatedLogger';
import { observedProgram } from './observedProgram';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const TRACEPARENT = `00-${TRACE}-b7ad6b7169203331-01`;

/** Backstage's own logger, with its lines in an array. */
function aLogger() {
  const lines: Record<string, unknown>[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  const logger = maskedLogger(
    correlatedLogger(
      WinstonLogger.create({
        format: format.json(),
        transports: [new transports.Stream({ stream })],
      }),
    ),
  );
  return { lines, logger };
}

describe('the lines of the log', () => {
  it('say which workflow, task and trace they belong to, whoever writes them and when', async () => {
    const { lines, logger } = aLogger();
    const program = observedProgram(
      {
        async advanceWorkflow() {
          logger.info('looked');
          return { status: 'done' };
        },
        async advanceTask() {
          logger.warn('began', { attempt: 1 });
          logger.child({ part: 'tool' }).info('from a part');
          logger.error('failed', new Error('password=Tr0ub4dor3 is wrong'));
          setTimeout(() => logger.info('later'), 5);
          await sleep(20);
          return { status: 'done' };
        },
      },
      { of: async () => TRACEPARENT },
    );
    await program.advanceWorkflow({ workflowId: 'wf-1', generation: 1 });
    await program.advanceTask({
      workflowId: 'wf-1',
      generation: 1,
      taskId: 't1',
      attempt: 1,
    });
    logger.info('outside');
    const ids = {
      correlation_id: 'wf-1',
      trace_id: TRACE,
      workflow_id: 'wf-1',
    };
    expect(lines).toMatchObject([
      { message: 'looked', ...ids },
      { message: 'began', attempt: 1, ...ids, task_id: 't1' },
      { message: 'from a part', part: 'tool', ...ids, task_id: 't1' },
      { level: 'error', ...ids, task_id: 't1' },
      { message: 'later', ...ids, task_id: 't1' },
      { message: 'outside' },
    ]);
    expect(lines[0]).not.toHaveProperty('task_id');
    expect(lines[5]).not.toHaveProperty('trace_id');
    expect(JSON.stringify(lines)).not.toContain('Tr0ub4dor3');
  });

  it('keep two pieces of work apart that go on at once', async () => {
    const { lines, logger } = aLogger();
    const program = observedProgram(
      {
        advanceWorkflow: async () => ({ status: 'done' }),
        async advanceTask({ workflowId }) {
          await sleep(5);
          logger.info(workflowId);
          return { status: 'done' };
        },
      },
      {
        of: async id =>
          `00-${id.slice(3).padEnd(32, 'a')}-${'b'.repeat(16)}-01`,
      },
    );
    await Promise.all(
      ['wf-1', 'wf-2', 'wf-3'].map(workflowId =>
        program.advanceTask({
          workflowId,
          generation: 1,
          taskId: 't1',
          attempt: 1,
        }),
      ),
    );
    expect(lines).toHaveLength(3);
    for (const line of lines) {
      expect(line.workflow_id).toBe(line.message);
      expect(String(line.trace_id)).toMatch(
        new RegExp(`^${String(line.message).slice(3)}a+$`),
      );
    }
  });

  it.each<[string, Record<string, string>, object]>([
    [
      'what the caller says',
      { 'x-correlation-id': 'ci-42', traceparent: TRACEPARENT },
      { correlation_id: 'ci-42', trace_id: TRACE, workflow_id: 'wf-abc' },
    ],
    [
      'ids of our own when the caller says nothing',
      {},
      {
        correlation_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    ],
    [
      'ids of our own when the caller says what is none',
      {
        'x-correlation-id': 'a b"} injected',
        traceparent: `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
      },
      {
        correlation_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        trace_id: expect.not.stringMatching(/^0+$/),
      },
    ],
  ])('carry, within a request, %s', async (_, headers, expected) => {
    const { lines, logger } = aLogger();
    const app = express();
    app.use(followRequests);
    app.get('/workflows/:id', async (_req, res) => {
      await sleep(2);
      logger.info('asked');
      res.json({});
    });
    const answer = await request(app).get('/workflows/wf-abc').set(headers);
    expect(lines).toEqual([
      expect.objectContaining({ message: 'asked', ...expected }),
    ]);
    expect(answer.headers['x-correlation-id']).toBe(lines[0].correlation_id);
  });
});
