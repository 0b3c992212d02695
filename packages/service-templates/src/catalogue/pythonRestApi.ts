import { ServiceRuntime } from '../types';
import { prerequisiteRules } from './prerequisites';
import { launchRestApi, restApiDatabases, restApiLayers } from './restApi';
import { ServiceTemplate } from './ServiceTemplate';

const folder = 'python/rest-api';
const runtime: ServiceRuntime = { command: 'python', minimumVersion: '3.11' };

/** FastAPI REST service, typed throughout, with PostgreSQL or without a database. */
export const pythonRestApi: ServiceTemplate = {
  id: 'python-rest-api',
  title: 'Python REST API (FastAPI)',
  description:
    'Typed Python with FastAPI, validation, OpenAPI, telemetry, tests, container, Kubernetes, Helm and pipelines',
  language: 'python',
  pattern: 'rest-api',
  runtime,
  code: /^(?:app|tests|migrations)\//,
  variables: {
    imageVariable: 'PYTHON_IMAGE',
    certificateBundle:
      'add `sslmode=verify-full` and `sslrootcert=` with its path to `DATABASE_URL`',
  },
  layers: restApiLayers(folder, [
    { folder: 'shared/launch', part: 'repository' },
  ]),
  databases: restApiDatabases(folder, {
    none: {},
    postgresql: {
      dependencies: { 'psycopg[binary]': '3.3.9', 'psycopg-pool': '3.3.3' },
    },
  }),
  prerequisites: prerequisiteRules({
    runtime: { name: 'Python', minimumVersion: runtime.minimumVersion },
    tools: [{ name: 'pip', minimumVersion: '23.0' }],
  }),
  dependencies: {
    fastapi: '0.165.0',
    'opentelemetry-api': '1.45.2',
    'opentelemetry-exporter-otlp-proto-http': '1.45.2',
    'opentelemetry-sdk': '1.45.2',
    'prometheus-client': '0.26.0',
    pydantic: '2.14.3',
    'pydantic-settings': '2.16.3',
    uvicorn: '0.54.0',
  },
  devDependencies: {
    httpx: '0.28.1',
    mypy: '2.4.1',
    pytest: '9.2.0',
    pyyaml: '6.0.3',
    ruff: '0.17.6',
    'types-pyyaml': '6.0.12.20261113',
  },
  launch: spec =>
    launchRestApi(spec, {
      runtime,
      argv: ['python', '-m', 'app'],
      testArgv: ['python', '-m', 'pytest'],
      migrate: ['python', '-m', 'app.migrate'],
      manifestPath: 'pyproject.toml',
      lockfilePath: 'requirements.txt',
    }),
};
