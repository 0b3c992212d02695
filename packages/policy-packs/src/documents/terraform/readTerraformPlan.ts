import type { Documents, Resource } from '../Resource';
import { Unknown, isList, isObject } from '../Value';
import type { Value, ValueObject } from '../Value';

/** Puts `Unknown` where a plan says that a value is known after apply only. */
function withUnknowns(value: Value, unknown: Value | undefined): Value {
  if (unknown === true) {
    return new Unknown('known after apply', [], true);
  }
  if (isList(unknown)) {
    const items = isList(value) ? value : [];
    return Array.from(
      { length: Math.max(items.length, unknown.length) },
      (_item, index) => withUnknowns(items[index] ?? null, unknown[index]),
    );
  }
  if (isObject(unknown)) {
    const before = isObject(value) ? value : {};
    return {
      ...before,
      ...Object.fromEntries(
        Object.entries(unknown).map(([key, part]) => [
          key,
          withUnknowns(before[key] ?? null, part),
        ]),
      ),
    };
  }
  return value;
}

/** Plans write null for what is not set; HCL leaves it out. */
function withoutNulls(value: Value): Value {
  if (isList(value)) {
    return value.map(withoutNulls);
  }
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([, part]) => part !== null)
          .map(([key, part]) => [key, withoutNulls(part)]),
      )
    : value;
}

const text = (value: Value | undefined) =>
  typeof value === 'string' ? value : '';

function referencesOf(expressions: Value | undefined): ValueObject {
  if (!isObject(expressions)) {
    return {};
  }
  return Object.fromEntries(
    Object.entries(expressions).flatMap(([key, expression]) => {
      const references = isObject(expression)
        ? expression.references
        : undefined;
      return isList(references) && references.length > 0
        ? [
            [
              key,
              new Unknown(
                text(references[0]),
                references.map(reference =>
                  text(reference).split('.').slice(0, 2).join('.'),
                ),
                true,
              ),
            ],
          ]
        : [];
    }),
  );
}

function configurationOf(
  module: Value | undefined,
  prefix: string,
): Map<string, ValueObject> {
  const found = new Map<string, ValueObject>();
  if (!isObject(module)) {
    return found;
  }
  for (const resource of isList(module.resources) ? module.resources : []) {
    if (isObject(resource)) {
      found.set(
        `${prefix}${text(resource.address)}`,
        referencesOf(resource.expressions),
      );
    }
  }
  for (const [name, call] of Object.entries(
    isObject(module.module_calls) ? module.module_calls : {},
  )) {
    if (isObject(call)) {
      configurationOf(call.module, `${prefix}module.${name}.`).forEach(
        (value, key) => found.set(key, value),
      );
    }
  }
  return found;
}

function isDestroyed(change: ValueObject): boolean {
  const actions = isList(change.actions) ? change.actions : [];
  return actions.length > 0 && actions.every(action => action === 'delete');
}

function plannedResources(module: Value | undefined): ValueObject[] {
  if (!isObject(module)) {
    return [];
  }
  const own = (isList(module.resources) ? module.resources : []).filter(
    isObject,
  );
  const children = isList(module.child_modules) ? module.child_modules : [];
  return [...own, ...children.flatMap(plannedResources)];
}

/** Reads the JSON of `terraform show -json`. Values that are known after apply only stay unknown. */
export function readTerraformPlan(plan: Value, file: string): Documents {
  const nothing = {
    resources: [],
    unchecked: [{ file, reason: 'This is not the JSON of a Terraform plan' }],
  };
  if (!isObject(plan)) {
    return nothing;
  }
  const planned = isObject(plan.planned_values)
    ? plan.planned_values.root_module
    : undefined;
  const state = isObject(plan.values) ? plan.values.root_module : undefined;
  const changes = isList(plan.resource_changes)
    ? plan.resource_changes.filter(isObject)
    : undefined;
  if (changes === undefined && planned === undefined && state === undefined) {
    return nothing;
  }
  const root = isObject(plan.configuration)
    ? plan.configuration.root_module
    : undefined;
  const configuration = configurationOf(root, '');
  const toResource = (source: ValueObject, values: Value): Resource => {
    const address = text(source.address);
    const type =
      source.mode === 'data' ? `data.${text(source.type)}` : text(source.type);
    const plain = `${text(source.type)}.${text(source.name)}`;
    const references =
      configuration.get(address.replace(/\[[^\]]*\]/g, '')) ?? {};
    const known = isObject(values) ? values : {};
    const linked = Object.entries(references).filter(
      ([key]) => known[key] instanceof Unknown,
    );
    return {
      platform: 'terraform',
      type,
      name: text(source.name),
      address,
      names: [plain, address],
      attributes: { ...known, ...Object.fromEntries(linked) },
      file,
      lineOf: () => undefined,
    };
  };
  const resources =
    changes?.flatMap(source => {
      const change = isObject(source.change) ? source.change : {};
      return isDestroyed(change)
        ? []
        : [
            toResource(
              source,
              withoutNulls(
                withUnknowns(change.after ?? null, change.after_unknown),
              ),
            ),
          ];
    }) ??
    plannedResources(planned ?? state).map(source =>
      toResource(source, withoutNulls(source.values ?? null)),
    );
  return { resources, unchecked: [] };
}
