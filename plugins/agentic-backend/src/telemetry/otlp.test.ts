import { spawn } from 'node:child_process';
import path from 'node:path';
import { bundleProgram } from '../__testUtils__/bundleProgram';
import { OtlpReceiver, type ReceivedSpan } from '../__testUtils__/OtlpReceiver';
import { METRICS } from './metricTable';

jest.setTimeout(120_000);

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';

/** Runs a portal, with OpenTelemetry's own SDK, in a process of its own: the exporters load parts that Jest cannot. */
async function runTraced(url: string): Promise<string> {
  const program = bundleProgram(
    path.resolve(__dirname, '../__testUtils__/tracedProcess.ts'),
  );
  const child = spawn(
    process.execPath,
    [
      program,
      JSON.stringify({
        traceparent: `00-${TRACE}-${CALLER}-01`,
        description: 'password=Tr0ub4dor-and-more is not for the trace',
      }),
    ],
    {
      env: {
        PATH: process.env.PATH,
        NODE_ENV: 'test',
        OTEL_EXPORTER_OTLP_ENDPOINT: url,
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
        OTEL_METRICS_EXPORTER: 'otlp',
        OTEL_LOGS_EXPORTER: 'none',
        OTEL_METRIC_EXPORT_INTERVAL: '500',
        OTEL_METRIC_EXPORT_TIMEOUT: '400',
        OTEL_NODE_RESOURCE_DETECTORS: 'none',
      },
    },
  );
  let output = '';
  const keep = (chunk: Buffer) => {
    output += chunk;
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const code = await new Promise(ended => child.on('close', ended));
  const id = /^workflow (\S+)$/m.exec(output)?.[1];
  if (code !== 0 || id === undefined) {
    throw new Error(`The portal failed (${code}): ${output.slice(-4000)}`);
  }
  return id;
}

describe('telemetry with the SDK of OpenTelemetry', () => {
  let receiver: OtlpReceiver;
  let workflowId: string;
  let spans: ReceivedSpan[];

  beforeAll(async () => {
    receiver = await OtlpReceiver.start();
    workflowId = await runTraced(receiver.url);
    spans = receiver.spans.filter(({ traceId }) => traceId === TRACE);
  });

  afterAll(() => receiver.stop());

  const named = (name: string) => spans.filter(span => span.name === name);
  const parentOf = (span: ReceivedSpan) =>
    spans.find(({ spanId }) => spanId === span.parentSpanId);

  it('puts a workflow into the trace of who asked for it', () => {
    const [http] = named('agentic.http createWorkflow');
    expect(http.parentSpanId).toBe(CALLER);
    const [accept] = named('agentic.workflow.accept');
    expect(parentOf(accept)).toBe(http);
    expect(accept.attributes['agentic.workflow.id']).toBe(workflowId);
  });

  it('leads from the request through tasks, guard and tools to the look at the world', () => {
    const readBack = named('read_back world.make')[0];
    const line: string[] = [];
    for (let at: ReceivedSpan | undefined = readBack; at; at = parentOf(at)) {
      line.unshift(at.name);
    }
    expect(line).toEqual([
      'agentic.http createWorkflow',
      'agentic.workflow.accept',
      'agentic.task.run',
      'agentic.guard.execute',
      'read_back world.make',
    ]);
    expect(named('agentic.guard.propose').length).toBeGreaterThan(0);
    expect(named('dry_run world.make').length).toBeGreaterThan(0);
    expect(named('execute world.make').length).toBeGreaterThan(0);
    expect(
      new Set(
        named('agentic.task.run').map(s => s.attributes['agentic.agent.id']),
      ),
    ).toEqual(new Set(['maker', 'thinker']));
  });

  it('tells how long people took, with a link to the request of the person', () => {
    const [approval] = named('agentic.approval');
    expect(approval.attributes['agentic.approval.decision']).toBe('approve');
    const request = receiver.spans.find(
      ({ name }) => name === 'agentic.http decideApproval',
    );
    expect(approval.links.map(link => link.traceId)).toEqual([
      request?.traceId,
    ]);
    expect(request?.traceId).not.toBe(TRACE);
  });

  it('has the whole workflow as one span', () => {
    const [whole] = named('agentic.workflow');
    expect(whole.attributes).toMatchObject({
      'agentic.workflow.id': workflowId,
      'agentic.workflow.phase': 'completed',
      'agentic.environment': 'staging',
    });
    expect(spans.filter(({ failed }) => failed)).toEqual([]);
  });

  it('sends metrics, and only those of the table', () => {
    const ours = [...receiver.metricNames].filter(name =>
      name.startsWith('agentic.'),
    );
    const declared: readonly string[] = Object.values(METRICS).map(
      ({ name }) => name,
    );
    expect(ours.filter(name => !declared.includes(name))).toEqual([]);
    expect(ours).toEqual(
      expect.arrayContaining([
        METRICS.acceptDuration.name,
        METRICS.workflowDuration.name,
        METRICS.taskDuration.name,
        METRICS.gateDuration.name,
        METRICS.toolDuration.name,
        METRICS.effectChanges.name,
        METRICS.decisionDuration.name,
        METRICS.outboxEntries.name,
        METRICS.breakerState.name,
        METRICS.requestDuration.name,
      ]),
    );
  });

  it('sends no words of people, and no secret', () => {
    const everything = receiver.bodies.join('\n');
    expect(everything).not.toContain('Tr0ub4dor');
    expect(everything).not.toContain('user:default/ada');
  });
});
