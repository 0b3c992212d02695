/**
 * A value that the text alone does not settle: an attribute that is known after apply, an input without
 * a default, a function that is not worked out. `references` names what it hangs on, `text` shows it
 * with the known parts in place, and `isSet` says that it is certainly not null.
 */
export class Unknown {
  constructor(
    readonly text: string,
    readonly references: readonly string[] = [],
    readonly isSet = false,
  ) {}
}

/** What an attribute of a resource can be. */
export type Value =
  | null
  | boolean
  | number
  | string
  | Unknown
  | readonly Value[]
  | { readonly [key: string]: Value };

/** An object among values. */
export type ValueObject = { readonly [key: string]: Value };

export function isObject(value: Value | undefined): value is ValueObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Unknown)
  );
}

/** `Array.isArray` for readonly arrays. */
export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** The keys and values of an object, or of a list by what `keyOf` says. Undefined for what is neither. */
export function entriesOf(
  value: Value,
  keyOf: (item: Value, index: number) => Value,
): readonly (readonly [Value, Value])[] | undefined {
  if (isList(value)) {
    return value.map((item, index) => [keyOf(item, index), item]);
  }
  return isObject(value) ? Object.entries(value) : undefined;
}

/** Every unknown in a value, however deep. */
export function unknownsIn(value: Value | undefined): Unknown[] {
  if (value instanceof Unknown) {
    return [value];
  }
  if (isList(value)) {
    return value.flatMap(unknownsIn);
  }
  return isObject(value) ? Object.values(value).flatMap(unknownsIn) : [];
}

/** Every reference that a value hangs on, however deep. */
export function referencesIn(value: Value | undefined): string[] {
  return unknownsIn(value).flatMap(({ references }) => references);
}

/** The value as JSON, with `${…}` for what is not known. */
export function toJsonText(value: Value): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part instanceof Unknown ? `\${${part.text}}` : part,
  );
}
