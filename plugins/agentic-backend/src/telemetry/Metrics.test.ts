import { Metrics } from './Metrics';
import { METRICS, prometheusName } from './metricTable';

const BAD_LABEL = /id$|ref$|user|requested|service|path|url/i;

describe('METRICS', () => {
  const declared = Object.values(METRICS);

  it('names each metric once, below agentic', () => {
    const names = declared.map(prometheusName);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter(name => !/^agentic(_[a-z]+)+$/.test(name))).toEqual([]);
  });

  it('has the unit in the name of what has one', () => {
    expect(
      declared
        .filter(({ unit }) => !unit.startsWith('{'))
        .filter(({ name, unit }) => unit !== 's' || !/\.seconds$/.test(name)),
    ).toEqual([]);
  });

  it('narrows nothing by what has many values', () => {
    expect(
      declared.flatMap(({ labels }) => labels).filter(l => BAD_LABEL.test(l)),
    ).toEqual([]);
  });

  it('has bounds for every histogram, in order', () => {
    for (const metric of declared) {
      const bounds = 'buckets' in metric ? [...metric.buckets] : [];
      expect(bounds.length > 0).toBe(metric.type === 'histogram');
      expect([...bounds].sort((a, b) => a - b)).toEqual(bounds);
    }
  });
});

describe('Metrics', () => {
  it('gives what it was told in Prometheus’ text format', async () => {
    const metrics = new Metrics();
    metrics.count('gateRefusals', {
      gate: 'lane',
      stage: 'read',
      outcome: 'fail',
    });
    metrics.count('gateRefusals', {
      gate: 'lane',
      stage: 'read',
      outcome: 'fail',
    });
    metrics.measure('taskDuration', 0.3, {
      agent: 'codegen',
      outcome: 'completed',
    });
    metrics.measure('taskDuration', 45, {
      agent: 'codegen',
      outcome: 'completed',
    });
    metrics.watch('workflows', () => [[3, { phase: 'running' }]]);
    const text = await metrics.prometheusText();
    expect(text).toContain('# TYPE agentic_guard_refusals_total counter');
    expect(text).toContain(
      'agentic_guard_refusals_total{gate="lane",stage="read",outcome="fail"} 2\n',
    );
    const task = 'agent="codegen",outcome="completed"';
    expect(text).toContain(
      `agentic_task_duration_seconds_bucket{${task},le="0.25"} 0\n`,
    );
    expect(text).toContain(
      `agentic_task_duration_seconds_bucket{${task},le="0.5"} 1\n`,
    );
    expect(text).toContain(
      `agentic_task_duration_seconds_bucket{${task},le="+Inf"} 2\n`,
    );
    expect(text).toContain(`agentic_task_duration_seconds_sum{${task}} 45.3\n`);
    expect(text).toContain(`agentic_task_duration_seconds_count{${task}} 2\n`);
    expect(text).toContain('agentic_workflows{phase="running"} 3\n');
  });

  it('leaves out what cannot be read, and what is not watched any more', async () => {
    const metrics = new Metrics();
    metrics.watch('stops', async () => {
      throw new Error('the database is away');
    });
    const stop = metrics.watch('replicas', () => [[2, {}]]);
    expect(await metrics.prometheusText()).toContain('\nagentic_replicas 2\n');
    stop();
    const text = await metrics.prometheusText();
    expect(text).not.toMatch(/^agentic_(replicas|kill)/m);
    expect(text).toContain('# TYPE agentic_replicas gauge');
  });

  it('keeps a label from breaking out of its line', async () => {
    const metrics = new Metrics();
    metrics.watch('healthCheck', () => [[1, { check: 'a"} 1\nb\\' }]]);
    expect(await metrics.prometheusText()).toContain(
      'agentic_health_check{check="a\\"} 1\\nb\\\\"} 1\n',
    );
  });

  it('does not grow without end when a label has more values than was thought', async () => {
    const metrics = new Metrics();
    for (let n = 0; n < 2000; n++) {
      metrics.count('effectChanges', { tool: `t${n}`, status: 'confirmed' });
    }
    const lines = (await metrics.prometheusText())
      .split('\n')
      .filter(line => line.startsWith('agentic_effects_total'));
    expect(lines).toHaveLength(501);
    expect(lines).toContain(
      'agentic_effects_total{tool="other",status="other"} 1500',
    );
  });
});
