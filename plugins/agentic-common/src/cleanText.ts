const ESC = String.fromCharCode(0x1b);
const BEL = String.fromCharCode(0x07);
const CSI = String.fromCharCode(0x9b);

/** Escape sequences of terminals, whole: colours, cursor movements, titles, links, and broken ones to their end. */
const ESCAPES = new RegExp(
  [
    `(?:${ESC}\\[|${CSI})[0-?]*[ -/]*[@-~]?`,
    `${ESC}[\\]PX^_](?:(?!${ESC}|${BEL})[\\s\\S])*(?:${BEL}|${ESC}\\\\)?`,
    `${ESC}[ -/]*[0-~]?`,
  ].join('|'),
  'g',
);

/** Marks that change the order in which text is shown, or that nobody sees. */
const INVISIBLE =
  /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]|\u{e0001}|[\u{e0020}-\u{e007f}]/gu;

const LINE_ENDS = /\r\n?|[\u0085\u2028\u2029]/g;
const CONTROLS_BUT_TAB_AND_LINE_END = /(?![\t\n])\p{Cc}/gu;

/**
 * Takes out of a text what only deceives its reader: escape sequences of terminals, marks that turn
 * the direction of writing, invisible characters. Other control characters become `\ufffd`; lines
 * end with `\n`.
 */
export function cleanText(text: string): string {
  return text
    .replace(ESCAPES, '')
    .replace(INVISIBLE, '')
    .replace(LINE_ENDS, '\n')
    .replace(CONTROLS_BUT_TAB_AND_LINE_END, '\ufffd');
}

/** The same, in one line: a line end shows as `\n`, so that nobody can write a line of their own into a log. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\n/g, '\\n').replace(/\t/g, ' ');
}
