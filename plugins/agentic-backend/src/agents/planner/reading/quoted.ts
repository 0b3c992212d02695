const LONGEST = 60;
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Quotes words of a request in a message: shortened, and with invisible characters made visible. */
export function quoted(words: string): string {
  const visible = words.replace(INVISIBLE, char => {
    const code = char.codePointAt(0) ?? 0;
    return `\\u{${code.toString(16)}}`;
  });
  const characters = [...visible];
  const short =
    characters.length > LONGEST
      ? `${characters.slice(0, LONGEST - 1).join('')}…`
      : visible;
  return `“${short}”`;
}
