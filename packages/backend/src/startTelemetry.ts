/**
 * Starts the SDK of OpenTelemetry where the environment says where to send to; it reads the other
 * `OTEL_` variables itself. Has to run before anything else is loaded. Answers how to stop, sending what is left.
 */
export function startTelemetry(
  env: NodeJS.ProcessEnv,
): (() => Promise<void>) | undefined {
  const wanted =
    env.OTEL_EXPORTER_OTLP_ENDPOINT ??
    env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ??
    env.OTEL_EXPORTER_OTLP_METRICS_ENDPOINT;
  if (!wanted || env.OTEL_SDK_DISABLED === 'true') {
    return undefined;
  }
  env.OTEL_SERVICE_NAME ??= 'backstage';
  env.OTEL_METRICS_EXPORTER ??= 'otlp';
  // Backstage's logs stay where they are.
  env.OTEL_LOGS_EXPORTER ??= 'none';
  // Loaded only here: a portal that sends nothing does not pay for it at its start.
  const {
    NodeSDK,
  }: typeof import('@opentelemetry/sdk-node') = require('@opentelemetry/sdk-node');
  const sdk = new NodeSDK();
  sdk.start();
  // Beside Backstage's own listeners, which end the process.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      sdk.shutdown().catch(() => undefined);
    });
  }
  return () => sdk.shutdown();
}
