import { DatabaseOption, ServiceTemplate } from '../catalogue/ServiceTemplate';
import { Provenance, ServiceSpec } from '../types';
import { resourceNames } from './resourceNames';

/** What templates may refer to; an undefined name fails the rendering. */
export function renderContext(options: {
  readonly spec: ServiceSpec;
  readonly template: ServiceTemplate;
  readonly database: DatabaseOption;
  readonly provenance?: Provenance;
}): Record<string, unknown> {
  const { spec, template, database, provenance } = options;
  return {
    service: {
      ...spec,
      repositoryUrl: spec.repositoryUrl ?? '',
      highAvailability: spec.highAvailability ?? false,
      ownerName: spec.owner.replace(/^.*[:/]/, ''),
    },
    resource: resourceNames(spec.name),
    launch: template.launch(spec),
    replicable: database.replicable,
    requestId: provenance?.requestId ?? '',
    dependencies: sorted(template.dependencies, database.dependencies),
    devDependencies: sorted(template.devDependencies, database.devDependencies),
    scripts: { ...template.scripts, ...database.scripts },
    ...database.variables,
  };
}

function sorted(
  ...maps: Readonly<Record<string, string>>[]
): Record<string, string> {
  const all: Record<string, string> = Object.assign({}, ...maps);
  return Object.fromEntries(
    Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
