/** One word of a request as it was written, or a break: a comma, a full stop, a colon, a new line. */
export interface Token {
  readonly kind: 'word' | 'break';
  /** As written, without the punctuation around it. */
  readonly text: string;
  /** Lower case with straight apostrophes, for comparing. */
  readonly word: string;
  /** All that stands between the quotation marks this word opens; only the first word of a quotation has it. */
  readonly quotation?: { readonly text: string; readonly words: number };
}

const CLOSING_QUOTES: Readonly<Record<string, string>> = {
  '"': '"',
  '“': '”',
  '„': '“',
  '«': '»',
  '`': '`',
  "'": "'",
  '‘': '’',
};
const LABEL =
  /^(name|service|servicename|owner|port|database|db|language|environment|env|budget|template|pattern)([:=])(.+)$/i;
const ALONE = /^[-–—*•|,.;:!?()[\]]+$/;
/** Text between quotation marks further apart than this is no quotation. */
const LONGEST_QUOTATION = 1000;
const TRAILING = /[,.;:!?)\]]+$/;

function aWord(text: string, quotation?: Token['quotation']): Token {
  const word = text.replace(/[’‘]/g, "'").toLowerCase();
  return { kind: 'word', text, word, ...(quotation && { quotation }) };
}

const aBreak = (text: string): Token => ({ kind: 'break', text, word: text });

/** Splits text without quotation marks at white space and punctuation; what is inside a word stays. */
function splitPlain(text: string): Token[] {
  const tokens: Token[] = [];
  for (const line of text.split(/(\n)/)) {
    if (line === '\n') tokens.push(aBreak('\n'));
    // A comma parts words, except in a number such as 1,000.
    for (const piece of line.split(/\s+|(,(?!\d{3}\b))/)) {
      if (!piece) continue;
      tokens.push(...splitPiece(piece));
    }
  }
  return tokens;
}

function splitPiece(piece: string): Token[] {
  if (ALONE.test(piece)) return [aBreak(piece)];
  if (piece === '&' || piece === '+') return [aWord('and')];
  const label = LABEL.exec(piece);
  if (label) {
    return [aWord(label[1]), aBreak(':'), ...splitPiece(label[3])];
  }
  const opened = piece.replace(/^[([]+/, '');
  const core = opened.replace(TRAILING, '');
  const tokens: Token[] = [];
  if (opened !== piece) tokens.push(aBreak('('));
  if (core) tokens.push(aWord(core));
  if (core !== opened) tokens.push(aBreak(opened.slice(core.length)));
  return tokens;
}

/** Where the quotation that opens at `start` closes, or -1 when it does not. */
function closingQuote(text: string, start: number): number {
  const open = text[start];
  const close = CLOSING_QUOTES[open];
  if (!close || (start > 0 && !/[\s(:=]/.test(text[start - 1]))) return -1;
  const near = text.slice(0, start + LONGEST_QUOTATION);
  let end = near.indexOf(close, start + 1);
  // An apostrophe inside a word closes nothing.
  while (end > 0 && end + 1 < text.length && /[\p{L}\d]/u.test(text[end + 1])) {
    end = near.indexOf(close, end + 1);
  }
  return end;
}

/** Turns a request into words and breaks. Never fails, whatever it is given. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let plainFrom = 0;
  let at = 0;
  while (at < text.length) {
    const end = CLOSING_QUOTES[text[at]] ? closingQuote(text, at) : -1;
    if (end < 0) {
      at += 1;
      continue;
    }
    tokens.push(...splitPlain(text.slice(plainFrom, at)));
    const inside = text.slice(at + 1, end);
    const words = splitPlain(inside);
    const [first] = words;
    if (first?.kind === 'word') {
      const quotation = { text: inside, words: words.length };
      tokens.push(aWord(first.text, quotation), ...words.slice(1));
    } else if (inside) {
      // Nothing but punctuation: kept whole, so that a name made of it is seen and refused.
      tokens.push(aWord(inside, { text: inside, words: 1 }));
    }
    plainFrom = end + 1;
    at = end + 1;
  }
  tokens.push(...splitPlain(text.slice(plainFrom)));
  return tokens;
}
