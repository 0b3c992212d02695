import { ServiceRuntime } from '../types';
import { prerequisiteRules } from './prerequisites';
import { launchRestApi, restApiDatabases, restApiLayers } from './restApi';
import { ServiceTemplate } from './ServiceTemplate';

const folder = 'go/rest-api';
const runtime: ServiceRuntime = { command: 'go', minimumVersion: '1.26.0' };
// Where the build puts the program, in a clone as in the container.
// Some container runtimes look for a path without the dot in PATH.
const program = './bin/service';

/** Gin REST service in Go, one static program, with PostgreSQL or without a database. */
export const goRestApi: ServiceTemplate = {
  id: 'go-rest-api',
  title: 'Go REST API (Gin)',
  description:
    'Go and Gin with validation, OpenAPI, telemetry, tests, container, Kubernetes, Helm and pipelines',
  language: 'go',
  pattern: 'rest-api',
  runtime,
  code: /^(?:cmd|internal|migrations)\/|^service\.go$/,
  variables: {
    imageVariable: 'GO_IMAGE',
    certificateBundle:
      'add `sslmode=verify-full` and `sslrootcert` with its path to the connection string',
  },
  variablesOf: ({ name }) => ({
    // With a hyphen it is the name of no package of Go itself.
    module: name.includes('-') ? name : `${name}-service`,
  }),
  layers: restApiLayers(folder, [
    { folder: 'shared/launch', part: 'repository' },
  ]),
  databases: restApiDatabases(folder, {
    none: {},
    postgresql: {
      dependencies: { 'github.com/jackc/pgx/v5': '5.12.0' },
    },
  }),
  prerequisites: prerequisiteRules({
    runtime: { name: 'Go', minimumVersion: runtime.minimumVersion },
    tools: [],
  }),
  dependencies: {
    'github.com/gin-gonic/gin': '1.12.0',
    'github.com/goccy/go-yaml': '1.19.2',
    'github.com/google/uuid': '1.6.0',
    'github.com/prometheus/client_golang': '1.25.0',
    'go.opentelemetry.io/otel': '1.47.0',
    'go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp': '1.47.0',
    'go.opentelemetry.io/otel/sdk': '1.47.0',
    'go.opentelemetry.io/otel/trace': '1.47.0',
  },
  devDependencies: {},
  launch: spec =>
    launchRestApi(spec, {
      runtime,
      argv: [program],
      testArgv: ['go', 'test', './...'],
      migrate: [program, 'migrate'],
      manifestPath: 'go.mod',
      lockfilePath: 'go.sum',
    }),
};
