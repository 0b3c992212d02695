import { resourceNames } from '../rendering/resourceNames';
import { LaunchSpec, ServiceSpec } from '../types';
import { environmentVariables } from './environmentVariables';
import { DatabaseOption, TemplateLayer } from './ServiceTemplate';
import { postgresql } from './prerequisites';

/** How the services of one language are run. */
interface LanguageLaunch
  extends Pick<
    LaunchSpec,
    'runtime' | 'argv' | 'testArgv' | 'manifestPath' | 'lockfilePath'
  > {
  /** The command that takes `up`, `down` or `status`. */
  readonly migrate: readonly string[];
}

/** How to run a REST service: what is the same in every language, and what its language adds. */
export function launchRestApi(
  spec: ServiceSpec,
  { migrate, ...language }: LanguageLaunch,
): LaunchSpec {
  return {
    ...language,
    healthPath: '/health',
    readinessPath: '/ready',
    metricsPath: '/metrics',
    openApiPath: '/openapi.json',
    resourcePath: `/v1/${resourceNames(spec.name).plural}`,
    environment: environmentVariables(spec),
    stopSignal: 'SIGTERM',
    stopTimeoutMs: 25_000,
    ...(spec.database === 'postgresql'
      ? {
          migrations: {
            up: [...migrate, 'up'],
            down: [...migrate, 'down'],
            status: [...migrate, 'status'],
          },
          databaseUrlVariable: 'DATABASE_URL',
          testDatabaseUrlVariable: 'TEST_DATABASE_URL',
        }
      : {}),
  };
}

/** The layers of a REST service with the files of its language in `folder`; those of a language win over the shared ones. */
export function restApiLayers(
  folder: string,
  further: readonly TemplateLayer[] = [],
): readonly TemplateLayer[] {
  return [
    { folder: 'shared/catalog', part: 'repository' },
    { folder: 'shared/kubernetes', part: 'repository' },
    { folder: 'shared/helm', part: 'repository' },
    { folder: 'shared/rollback', part: 'repository' },
    { folder: 'shared/container', part: 'repository' },
    { folder: 'shared/rest-api', part: 'repository' },
    ...further,
    { folder: `${folder}/base`, part: 'repository' },
    { folder: 'shared/pipeline', part: 'pipeline' },
    { folder: `${folder}/pipeline`, part: 'pipeline' },
  ];
}

/** What a language adds for a database. */
type LanguageDatabase = Pick<
  DatabaseOption,
  'dependencies' | 'devDependencies' | 'scripts' | 'variables'
>;

/** The databases of a REST service whose language has a folder for each in `folder`. */
export function restApiDatabases(
  folder: string,
  language: Readonly<Record<'none' | 'postgresql', Partial<LanguageDatabase>>>,
): Readonly<Record<'none' | 'postgresql', DatabaseOption>> {
  const empty = { dependencies: {}, devDependencies: {}, variables: {} };
  return {
    none: {
      ...empty,
      ...language.none,
      layers: [
        { folder: 'shared/database-none', part: 'repository' },
        { folder: `${folder}/database/none`, part: 'repository' },
      ],
      replicable: false,
      prerequisites: [],
    },
    postgresql: {
      ...empty,
      ...language.postgresql,
      layers: [
        { folder: 'shared/database-postgresql', part: 'repository' },
        { folder: 'shared/kubernetes-scaling', part: 'repository' },
        { folder: `${folder}/database/postgresql`, part: 'repository' },
        { folder: 'shared/terraform-rds-postgresql', part: 'infrastructure' },
      ],
      replicable: true,
      prerequisites: [postgresql],
    },
  };
}
