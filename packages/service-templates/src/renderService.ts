import { Environment } from 'nunjucks';
import { ServiceTemplate, TemplateLayer } from './catalogue/ServiceTemplate';
import { serviceTemplates } from './catalogue/serviceTemplates';
import { createEnvironment } from './rendering/createEnvironment';
import { headerLines, withHeader } from './rendering/provenanceHeader';
import { provenanceManifest } from './rendering/provenanceManifest';
import { readLayer } from './rendering/readLayer';
import { RenderContext, renderContext } from './rendering/renderContext';
import { ServiceSpecError } from './ServiceSpecError';
import { Provenance, RenderedFile, ServicePart, ServiceSpec } from './types';
import { validateProvenance } from './validateProvenance';
import { validateServiceSpec } from './validateServiceSpec';

const allParts: readonly ServicePart[] = [
  'repository',
  'infrastructure',
  'pipeline',
];
const partials = '_partials/';
const environments = new Map<string, Environment>();

/**
 * Renders the files of a service, sorted by path. The same input gives the
 * same bytes; parts rendered apart add up to what they give together. Throws
 * ServiceSpecError when the spec or the provenance cannot be used.
 */
export function renderService(
  spec: ServiceSpec,
  options: {
    readonly parts?: readonly ServicePart[];
    readonly provenance: Provenance;
  },
): RenderedFile[] {
  const checked = validateServiceSpec(spec);
  if (!checked.ok) {
    throw new ServiceSpecError(checked.problems);
  }
  const problems = validateProvenance(options.provenance);
  if (problems.length > 0) {
    throw new ServiceSpecError(problems);
  }
  const wanted = new Set(options.parts ?? allParts);
  return allParts
    .filter(part => wanted.has(part))
    .flatMap(part => renderPart(checked.spec, part, options.provenance))
    .sort((left, right) => (left.path < right.path ? -1 : 1));
}

function renderPart(
  spec: ServiceSpec,
  part: ServicePart,
  provenance: Provenance,
): RenderedFile[] {
  const { template, database, layers } = select(spec);
  const environment = environmentFor(layers);
  const context = renderContext({ spec, template, database, provenance });
  const names = new Set(
    layers
      .filter(layer => layer.part === part)
      .flatMap(layer => [...readLayer(layer.folder).keys()])
      .filter(name => !name.startsWith(partials)),
  );
  const files = [...names].sort().flatMap((name): RenderedFile[] => {
    const path = renderPath(name, context);
    const body = environment.render(name, context);
    if (body.trim() === '') {
      return [];
    }
    const rule = template.prerequisites.find(each => each.paths.test(path));
    const needs = [
      ...(rule?.needs ?? []),
      ...(template.code.test(path) ? database.prerequisites : []),
    ];
    const content = withHeader(path, body, headerLines(provenance, needs));
    return [
      path.endsWith('.sh')
        ? { path, content, mode: 0o755 }
        : { path, content, mode: 0o644 },
    ];
  });
  return files.length === 0
    ? []
    : [...files, provenanceManifest(part, files, provenance)];
}

/** Renders one file of a variant, without its header. */
export function renderSingle(spec: ServiceSpec, path: string): string {
  const { template, database, layers } = select(spec);
  return environmentFor(layers).render(
    path,
    renderContext({ spec, template, database }),
  );
}

function select(spec: ServiceSpec) {
  const template = serviceTemplates.find(
    each => each.language === spec.language && each.pattern === spec.pattern,
  );
  const database = template?.databases[spec.database];
  if (!template || !database) {
    throw new Error(
      `No template for ${spec.language}, ${spec.pattern}, ${spec.database}`,
    );
  }
  return { template, database, layers: layersOf(template, spec.database) };
}

function layersOf(
  template: ServiceTemplate,
  database: string,
): readonly TemplateLayer[] {
  return [...template.layers, ...(template.databases[database]?.layers ?? [])];
}

function environmentFor(layers: readonly TemplateLayer[]): Environment {
  const key = layers.map(layer => layer.folder).join(',');
  const known = environments.get(key);
  if (known) {
    return known;
  }
  const environment = createEnvironment(
    layers.map(layer => readLayer(layer.folder)),
  );
  environments.set(key, environment);
  return environment;
}

function renderPath(
  name: string,
  { service, resource }: RenderContext,
): string {
  return name
    .replace(/__dot__/g, '.')
    .replace(/__name__/g, service.name)
    .replace(/__plural__/g, resource.plural)
    .replace(/__table__/g, resource.table);
}
