const MIN_LINE = 16;

/**
 * The characters that stand for the text in any base64 text it is part of: at three alignments,
 * without the first and last characters, which depend on what stands before and after.
 */
function base64Forms(text: string): string[] {
  const bytes = Buffer.from(text, 'utf8');
  return [0, 1, 2].map(offset => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const rest = (offset + bytes.length) % 3;
    return encoded.slice(
      [0, 2, 3][offset],
      rest === 0 ? undefined : encoded.length - 1,
    );
  });
}

function jsonForm(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function urlForms(value: string): string[] {
  // Half a surrogate pair cannot be written into a URL, and comes out as U+FFFD everywhere.
  const text = Buffer.from(value, 'utf8').toString('utf8');
  const url = new URL('http://h');
  url.password = text;
  const strict = encodeURIComponent(text).replace(
    /[!'()*]/g,
    sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const forms = [
    encodeURIComponent(text),
    strict,
    encodeURI(text),
    url.password,
    new URLSearchParams({ a: text }).toString().slice(2),
  ];
  return [
    ...forms,
    ...forms.map(form =>
      form.replace(/%[0-9A-F]{2}/g, code => code.toLowerCase()),
    ),
  ];
}

function htmlForm(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

/**
 * Every form in which a value is likely to turn up in a text: as it is, JSON-escaped once and twice,
 * URL-encoded in its five ways, base64 and base64url at any place within a longer text, hexadecimal,
 * HTML-escaped, and, when it has lines, each long line of it. Longest first.
 */
export function formsOf(value: string): string[] {
  const lines = value
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line.length >= MIN_LINE && line !== value);
  const whole = value.trim();
  const plain = [value, whole, jsonForm(value), jsonForm(jsonForm(value))];
  const base64 = [...base64Forms(value), ...base64Forms(whole)];
  const hex = Buffer.from(value, 'utf8').toString('hex');
  const forms = [
    ...plain,
    ...plain.map(htmlForm),
    ...urlForms(value),
    ...base64,
    ...base64.map(form => form.replace(/\+/g, '-').replace(/\//g, '_')),
    ...base64.map(encodeURIComponent),
    hex,
    hex.toUpperCase(),
    ...lines,
  ];
  return [...new Set(forms)]
    .filter(form => form.length > 0)
    .sort((a, b) => b.length - a.length);
}
