/** Letters of other scripts that look like Latin ones, each followed by its twin. */
const PAIRS =
  'аaеeоoрpсcхxуyіiјjѕsһhԁdԛqԝwвbкkмmнhтtгrпnαaεeοoρpνvιiκkτtυuωwχxγyаaɡgıiӏlАAВBЕEКKМMНHОOРPСCТTХXΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX‐-‑-‒-–-—-−-⁃-﹣-－-';

const twins = new Map<string, string>();
const characters = [...PAIRS];
for (let at = 0; at + 1 < characters.length; at += 2) {
  twins.set(characters[at], characters[at + 1]);
}

/** The ASCII character that a character of another script is easily taken for. */
export function lookAlike(char: string): string | undefined {
  const twin = twins.get(char);
  if (twin) return twin;
  // Full-width and mathematical letters decompose to the plain one.
  const plain = char.normalize('NFKC');
  return plain !== char && /^[A-Za-z0-9-]$/.test(plain) ? plain : undefined;
}
