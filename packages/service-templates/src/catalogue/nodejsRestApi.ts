import { resourceNames } from '../rendering/resourceNames';
import {
  EnvironmentVariable,
  LaunchSpec,
  Prerequisite,
  ServiceSpec,
} from '../types';
import { ServiceTemplate } from './ServiceTemplate';

const node: Prerequisite = { name: 'Node.js', minimumVersion: '24.0.0' };
const npm: Prerequisite = { name: 'npm', minimumVersion: '11.0' };
const docker: Prerequisite = { name: 'Docker', minimumVersion: '24.0' };
const kubernetes: Prerequisite = { name: 'Kubernetes', minimumVersion: '1.27' };
const helm: Prerequisite = { name: 'Helm', minimumVersion: '3.14' };
const terraform: Prerequisite = { name: 'Terraform', minimumVersion: '1.9' };
const awsProvider: Prerequisite = {
  name: 'hashicorp/aws provider',
  minimumVersion: '5.80',
};
const git: Prerequisite = { name: 'Git', minimumVersion: '2.30' };
const bash: Prerequisite = { name: 'Bash', minimumVersion: '4.2' };
const postgresql: Prerequisite = { name: 'PostgreSQL', minimumVersion: '14' };
const backstage: Prerequisite = { name: 'Backstage', minimumVersion: '1.30' };

const base = 'nodejs/rest-api';

/** The variables the service reads; its README and manifests are rendered from this list. */
function environmentVariables(
  spec: ServiceSpec,
  withDatabase: boolean,
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
    ...(withDatabase
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

function launchNodejsRestApi(spec: ServiceSpec): LaunchSpec {
  const withDatabase = spec.database === 'postgresql';
  return {
    runtime: { command: 'node', minimumVersion: node.minimumVersion },
    argv: ['node', 'src/main.ts'],
    testArgv: ['node', '--test', 'test/**/*.test.ts'],
    healthPath: '/health',
    readinessPath: '/ready',
    metricsPath: '/metrics',
    openApiPath: '/openapi.json',
    resourcePath: `/v1/${resourceNames(spec.name).plural}`,
    environment: environmentVariables(spec, withDatabase),
    manifestPath: 'package.json',
    lockfilePath: 'package-lock.json',
    stopSignal: 'SIGTERM',
    stopTimeoutMs: 25_000,
    ...(withDatabase
      ? {
          migrations: {
            up: ['node', 'src/migrate.ts', 'up'],
            down: ['node', 'src/migrate.ts', 'down'],
            status: ['node', 'src/migrate.ts', 'status'],
          },
          databaseUrlVariable: 'DATABASE_URL',
          testDatabaseUrlVariable: 'TEST_DATABASE_URL',
        }
      : {}),
  };
}

/** Express REST service in TypeScript that Node runs as it is, with PostgreSQL or without a database. */
export const nodejsRestApi: ServiceTemplate = {
  id: 'nodejs-rest-api',
  title: 'Node.js REST API (Express)',
  description:
    'TypeScript on Node.js and Express with validation, OpenAPI, telemetry, tests, container, Kubernetes, Helm and pipelines',
  language: 'nodejs',
  pattern: 'rest-api',
  runtime: { command: 'node', minimumVersion: node.minimumVersion },
  layers: [
    { folder: 'shared/catalog', part: 'repository' },
    { folder: 'shared/kubernetes', part: 'repository' },
    { folder: 'shared/helm', part: 'repository' },
    { folder: 'shared/rollback', part: 'repository' },
    { folder: `${base}/base`, part: 'repository' },
    { folder: `${base}/pipeline`, part: 'pipeline' },
  ],
  databases: {
    none: {
      layers: [{ folder: `${base}/database/none`, part: 'repository' }],
      dependencies: {},
      devDependencies: {},
      scripts: {},
      replicable: false,
      prerequisites: [],
      variables: {
        memoryRepositoryFromTest: '../src/storage/memoryItemRepository.ts',
        memoryRepositoryFromSupport:
          '../../src/storage/memoryItemRepository.ts',
      },
    },
    postgresql: {
      layers: [
        { folder: 'shared/database-postgresql', part: 'repository' },
        { folder: 'shared/kubernetes-scaling', part: 'repository' },
        { folder: `${base}/database/postgresql`, part: 'repository' },
        { folder: 'shared/terraform-rds-postgresql', part: 'infrastructure' },
      ],
      dependencies: { pg: '8.23.1' },
      devDependencies: { '@types/pg': '8.23.1' },
      scripts: { migrate: 'node src/migrate.ts' },
      replicable: true,
      prerequisites: [postgresql],
      variables: {
        memoryRepositoryFromTest: './support/memoryItemRepository.ts',
        memoryRepositoryFromSupport: './memoryItemRepository.ts',
      },
    },
  },
  prerequisites: [
    { paths: /^infrastructure\/terraform\//, needs: [terraform, awsProvider] },
    { paths: /^deploy\/kubernetes\//, needs: [kubernetes] },
    { paths: /^deploy\/helm\//, needs: [helm, kubernetes] },
    { paths: /^rollback\.sh$/, needs: [bash, git] },
    {
      paths: /Dockerfile$|^docker-compose\.yaml$|^\.dockerignore$/,
      needs: [docker],
    },
    { paths: /^\.gitlab-ci\.yml$|^\.github\//, needs: [node, docker] },
    { paths: /^catalog-info\.yaml$|^mkdocs\.yml$|^docs\//, needs: [backstage] },
    { paths: /^CODEOWNERS$|^\.gitignore$|^\.editorconfig$/, needs: [git] },
    { paths: /^/, needs: [node, npm] },
  ],
  dependencies: {
    '@opentelemetry/api': '1.10.0',
    '@opentelemetry/context-async-hooks': '3.1.0',
    '@opentelemetry/core': '3.1.0',
    '@opentelemetry/exporter-trace-otlp-http': '0.301.0',
    '@opentelemetry/resources': '3.1.0',
    '@opentelemetry/sdk-trace': '3.1.0',
    express: '5.3.0',
    pino: '10.4.0',
    'prom-client': '15.1.3',
    yaml: '2.9.1',
    zod: '4.6.7',
  },
  devDependencies: {
    '@eslint/js': '10.0.1',
    '@types/express': '5.0.6',
    '@types/node': '24.10.1',
    eslint: '10.15.0',
    prettier: '3.10.1',
    typescript: '5.9.3',
    'typescript-eslint': '8.73.0',
  },
  scripts: {
    start: 'node src/main.ts',
    dev: 'node --watch src/main.ts',
    test: "node --test 'test/**/*.test.ts'",
    lint: 'eslint . && prettier --check src test scripts eslint.config.js',
    'lint:fix':
      'eslint . --fix && prettier --write src test scripts eslint.config.js',
    typecheck: 'tsc',
    openapi: 'node scripts/openapi.ts',
  },
  launch: launchNodejsRestApi,
};
