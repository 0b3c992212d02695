import { type FieldType, modelFile, shapeOf } from './modelShapes';

type Path = readonly (string | number)[];

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function search(value: unknown, type: FieldType, path: Path): Path[] {
  if (type.kind === 'list') {
    return Array.isArray(value)
      ? value.flatMap((item, index) => search(item, type.of, [...path, index]))
      : [];
  }
  if (!isRecord(value) || type.kind === 'open') {
    return [];
  }
  const entries = Object.entries(value);
  if (type.kind === 'map') {
    return entries.flatMap(([key, item]) =>
      search(item, type.of, [...path, key]),
    );
  }
  const fields = shapeOf(type.file);
  return fields === undefined
    ? []
    : entries.flatMap(([key, item]) => {
        const field = fields.get(key);
        return field ? search(item, field, [...path, key]) : [[...path, key]];
      });
}

/** Where a manifest of a built-in kind has a field that Kubernetes does not know and would refuse. */
export function findUnknownFields(
  manifest: unknown,
  apiVersion: string,
  kind: string,
): Path[] {
  return search(
    manifest,
    { kind: 'model', file: modelFile(apiVersion, kind) },
    [],
  );
}
