/** Bits of information a character, by how often each one occurs. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) {
    counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return [...counts.values()].reduce(
    (bits, count) =>
      bits - (count / text.length) * Math.log2(count / text.length),
    0,
  );
}

const STANDS_FOR_A_VALUE =
  /^(?:\W*|[A-Z_]*(?:REDACTED|CHANGE_?ME|REPLACE_?ME)[A-Z_]*|your[-_ ]?\w*|<.*>|\[.*\]|\{\{.*\}\}|x{3,}|\*{3,}|\.{3,}|n\/?a|none|null|nil|true|false|undefined|default|optional|required|string|str|text|secret|password|passwd|token|todo|tbd|env|empty|yes|no|on|off|any)$/i;
const SAYS_SO =
  /change[-_ ]?me|replace[-_ ]?me|placeholder|redacted|your[-_ ]|_here\b|put[-_]your|example|dummy|sample|insert[-_]|x{6,}|\*{4,}|not[-_]?a[-_]?secret|insecure|(?:only|just)[-_]for[-_]/i;
const CODE = /[()]|^\/\S|^[A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)+$|^[A-Za-z_]\w*\[/;
const REFERENCE =
  /\$\{|\$\(|^\$\w|\{\{|%\{|%\(|<%|^(?:process\.|env\.|os\.|config\.|var\.|local\.|data\.|module\.|secrets?\.|self\.|this\.|each\.|settings\.|params\.|options\.|args\.|ref\+|vault:|arn:aws|projects\/|azurerm_|aws_|google_|random_|!Ref|!Sub|!GetAtt|@Microsoft\.KeyVault|\{?resolve:|op:\/\/|\/run\/secrets|file:)/;

/** Whether a text of a known form says that it is an example. */
export function saysExample(value: string): boolean {
  return STANDS_FOR_A_VALUE.test(value) || SAYS_SO.test(value);
}

/** Whether a value only stands for one: an example, a variable, a word that says so. */
export function isPlaceholder(value: string, short = false): boolean {
  return (
    STANDS_FOR_A_VALUE.test(value) ||
    SAYS_SO.test(value) ||
    REFERENCE.test(value) ||
    (!short && value.length < 4)
  );
}

const WORDS = /^[a-z]+(?:[-_ .][a-z]+)*$/i;

/** Whether the value that is assigned to a name like `password` is written out there. */
export function looksSecret(
  name: string,
  value: string,
  quoted: boolean,
): boolean {
  if (
    isPlaceholder(value) ||
    /^\d{1,5}$/.test(value) ||
    /^[\^~<>=v]*\d+(?:\.[\dx*]+)+[\w.+-]*$/.test(value) ||
    /^(?:https?|tcp|unix):\/\/[^@]*$/.test(value) ||
    /^[./~]*\/[\w./-]*$/.test(value)
  ) {
    return false;
  }
  // Outside quotes, what looks like code is code.
  if (!quoted && CODE.test(value)) {
    return false;
  }
  const isPassword = /pass|pwd/i.test(name);
  if (isPassword) {
    // Words may well be passwords; outside quotes they are more often code.
    return quoted || /^[A-Z0-9_.]+$/.test(name)
      ? value.length >= 4
      : value.length >= 6 && /\d|[^\w]/.test(value);
  }
  if (value.length < 8 || WORDS.test(value)) {
    return false;
  }
  const bits = entropyOf(value);
  return quoted ? bits >= 2.8 : bits >= 3 && /\d/.test(value);
}
