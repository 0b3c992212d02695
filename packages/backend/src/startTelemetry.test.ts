import { metrics, trace } from '@opentelemetry/api';
import { startTelemetry } from './startTelemetry';

describe('startTelemetry', () => {
  afterEach(() => {
    trace.disable();
    metrics.disable();
  });

  const records = () => {
    const span = trace.getTracer('test').startSpan('anything');
    span.end();
    return span.isRecording() || span.spanContext().traceId !== '0'.repeat(32);
  };

  it.each([
    ['nothing says where to', {}],
    [
      'the SDK is switched off',
      {
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
        OTEL_SDK_DISABLED: 'true',
      },
    ],
  ])('records nothing where %s', (_, env) => {
    expect(startTelemetry(env)).toBeUndefined();
    expect(records()).toBe(false);
  });

  it('records once there is a receiver, and names the portal', () => {
    const env: NodeJS.ProcessEnv = {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
    };
    const stop = startTelemetry(env);
    expect(stop).toBeDefined();
    expect(records()).toBe(true);
    expect(env).toMatchObject({
      OTEL_SERVICE_NAME: 'backstage',
      OTEL_LOGS_EXPORTER: 'none',
    });
  });
});
