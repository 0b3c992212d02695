import { serviceTemplates } from './catalogue/serviceTemplates';
import { ServiceSpecError } from './ServiceSpecError';
import { LaunchSpec, ServiceSpec } from './types';
import { validateServiceSpec } from './validateServiceSpec';

/** Says how to run a rendered service as a local process. Throws ServiceSpecError for an unusable spec. */
export function launchSpec(spec: ServiceSpec): LaunchSpec {
  const checked = validateServiceSpec(spec);
  const template = serviceTemplates.find(
    each => each.language === spec.language && each.pattern === spec.pattern,
  );
  if (!checked.ok || !template) {
    throw new ServiceSpecError(checked.ok ? [] : checked.problems);
  }
  return template.launch(checked.spec);
}
