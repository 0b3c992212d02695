import { DatabaseOption, ServiceTemplate } from '../catalogue/ServiceTemplate';
import { LaunchSpec, Provenance, ServiceSpec } from '../types';
import { ResourceNames, resourceNames } from './resourceNames';

/** What templates may refer to; any other name fails the rendering. */
export interface RenderContext {
  readonly service: Required<ServiceSpec> & { readonly ownerName: string };
  readonly resource: ResourceNames;
  readonly launch: LaunchSpec;
  readonly replicable: boolean;
  readonly requestId: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
}

/** Collects what the templates of one service refer to. */
export function renderContext(options: {
  readonly spec: ServiceSpec;
  readonly template: ServiceTemplate;
  readonly database: DatabaseOption;
  readonly provenance?: Provenance;
}): RenderContext {
  const { spec, template, database, provenance } = options;
  return {
    ...template.variables,
    ...template.variablesOf?.(spec),
    ...database.variables,
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
  };
}

function sorted(...maps: readonly Readonly<Record<string, string>>[]) {
  const all: Record<string, string> = Object.assign({}, ...maps);
  return Object.fromEntries(
    Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
