/** Characters that are invisible, break lines in some parser, or reorder text on the screen. */
const unprintable =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0\ufff0-\uffff]|(?! )\p{Zs}/gu;

/** Beyond the basic plane the formats differ in their escapes, so those characters stay. */
function escapeUnicode(character: string): string {
  return character.length > 1
    ? character
    : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A value as JSON; with an indent, later lines are moved `offset` columns to the right. */
export function encodeJson(value: unknown, indent = 0, offset = 0): string {
  return JSON.stringify(value, undefined, indent)
    .replace(unprintable, character =>
      character === '\n' ? character : escapeUnicode(character),
    )
    .replace(/\n/g, `\n${' '.repeat(offset)}`);
}

/** A string as a YAML scalar: double-quoted, on one line, whatever it holds. */
export function encodeYaml(value: string): string {
  return encodeJson(value);
}

/** A string as a TOML basic string. */
export function encodeToml(value: string): string {
  return encodeJson(value);
}

/** A string as a TypeScript literal. */
export function encodeTypeScript(value: string): string {
  const inner = encodeJson(value)
    .slice(1, -1)
    .replace(/\\"/g, '"')
    .replace(/'/g, "\\'");
  return `'${inner}'`;
}

/** A string as an HCL literal: `${` and `%{` stay text. */
export function encodeHcl(value: string): string {
  return encodeJson(value)
    .replace(/\\(.)/g, (sequence, escaped) => {
      if (escaped === 'b') return '\\u0008';
      return escaped === 'f' ? '\\u000c' : sequence;
    })
    .replace(/\$(?=\{)/g, '\\u0024')
    .replace(/%(?=\{)/g, '\\u0025');
}

/** A string as one word for a POSIX shell. */
export function encodeShell(value: string): string {
  return `'${value.replace(/'/g, `'\\''`)}'`;
}

/** Free text as one line of Markdown that renders as itself. */
export function encodeMarkdown(value: string): string {
  return singleLine(value)
    .replace(/[\\`*_{}[\]()#+!|~$]/g, character => `\\${character}`)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}

/**
 * Free text for a comment in any language: one line, in which no comment,
 * template or expression can begin or end.
 */
export function encodeComment(value: string): string {
  return singleLine(value)
    .replace(/[{}<>`\\]/g, ' ')
    .replace(/\*\//g, '* /')
    .replace(/\/\*/g, '/ *')
    .replace(/-(?=-)/g, '- ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

function singleLine(value: string): string {
  return value.replace(unprintable, ' ').replace(/ +/g, ' ').trim();
}
