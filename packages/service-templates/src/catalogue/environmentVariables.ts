import { EnvironmentVariable, ServiceSpec } from '../types';

/** The variables every REST service reads, whatever its language; README and manifests are rendered from this list. */
export function environmentVariables(
  spec: ServiceSpec,
): readonly EnvironmentVariable[] {
  const optional = (
    name: string,
    value: string | undefined,
    description: string,
  ) => ({
    name,
    description,
    required: false,
    secret: false,
    ...(value === undefined ? {} : { default: value }),
  });
  return [
    optional('HOST', '0.0.0.0', 'Address to listen on'),
    optional('PORT', String(spec.port), 'Port to listen on'),
    optional(
      'LOG_LEVEL',
      'info',
      'fatal, error, warn, info, debug, trace or silent',
    ),
    optional(
      'SHUTDOWN_DELAY_MS',
      '0',
      'How long to go on serving after SIGTERM, not ready',
    ),
    optional(
      'SHUTDOWN_TIMEOUT_MS',
      '10000',
      'How long running requests may take after that',
    ),
    optional(
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      undefined,
      'OTLP/HTTP endpoint; traces are sent only when it is set',
    ),
    optional('OTEL_SERVICE_NAME', spec.name, 'Name of the service in traces'),
    ...(spec.database === 'postgresql'
      ? [
          {
            name: 'DATABASE_URL',
            description: 'postgres://user:password@host:5432/database',
            required: true,
            secret: true,
          },
          optional(
            'DATABASE_POOL_SIZE',
            '10',
            'Connections of each replica at most',
          ),
          optional(
            'DATABASE_STATEMENT_TIMEOUT_MS',
            '15000',
            'Longest time a query may take',
          ),
        ]
      : []),
  ];
}
