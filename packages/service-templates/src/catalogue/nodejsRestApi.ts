import { ServiceRuntime } from '../types';
import { prerequisiteRules } from './prerequisites';
import { launchRestApi, restApiDatabases, restApiLayers } from './restApi';
import { ServiceTemplate } from './ServiceTemplate';

const folder = 'nodejs/rest-api';
const runtime: ServiceRuntime = { command: 'node', minimumVersion: '24.0.0' };

/** Express REST service in TypeScript that Node runs as it is, with PostgreSQL or without a database. */
export const nodejsRestApi: ServiceTemplate = {
  id: 'nodejs-rest-api',
  title: 'Node.js REST API (Express)',
  description:
    'TypeScript on Node.js and Express with validation, OpenAPI, telemetry, tests, container, Kubernetes, Helm and pipelines',
  language: 'nodejs',
  pattern: 'rest-api',
  runtime,
  code: /^(?:src|test|migrations)\//,
  variables: {
    imageVariable: 'NODE_IMAGE',
    certificateBundle: 'set `NODE_EXTRA_CA_CERTS` to its path',
  },
  layers: restApiLayers(folder),
  databases: restApiDatabases(folder, {
    none: {
      variables: {
        memoryRepositoryFromTest: '../src/storage/memoryItemRepository.ts',
        memoryRepositoryFromSupport:
          '../../src/storage/memoryItemRepository.ts',
      },
    },
    postgresql: {
      dependencies: { pg: '8.23.1' },
      devDependencies: { '@types/pg': '8.23.1' },
      scripts: { migrate: 'node src/migrate.ts' },
      variables: {
        memoryRepositoryFromTest: './support/memoryItemRepository.ts',
        memoryRepositoryFromSupport: './memoryItemRepository.ts',
      },
    },
  }),
  prerequisites: prerequisiteRules({
    runtime: { name: 'Node.js', minimumVersion: runtime.minimumVersion },
    tools: [{ name: 'npm', minimumVersion: '11.0' }],
  }),
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
  launch: spec =>
    launchRestApi(spec, {
      runtime,
      argv: ['node', 'src/main.ts'],
      testArgv: ['node', '--test', 'test/**/*.test.ts'],
      migrate: ['node', 'src/migrate.ts'],
      manifestPath: 'package.json',
      lockfilePath: 'package-lock.json',
    }),
};
