import { cleanLine, cleanText } from './cleanText';

const ESC = String.fromCharCode(27);
const BEL = String.fromCharCode(7);

describe('cleanText', () => {
  it.each<[string, string, string]>([
    ['plain text', 'Grüße, 世界 – ☃ 👩‍🔧\n\tx', 'Grüße, 世界 – ☃ 👩‍🔧\n\tx'],
    ['colours', `${ESC}[31mred${ESC}[0m`, 'red'],
    ['cursor movements', `ok${ESC}[2K${ESC}[1Adone`, 'okdone'],
    ['the one-byte form', `${String.fromCharCode(0x9b)}31mred`, 'red'],
    ['a window title', `a${ESC}]0;title${BEL}b`, 'ab'],
    ['a link', `${ESC}]8;;http://evil${ESC}\\text${ESC}]8;;${ESC}\\`, 'text'],
    ['an open sequence', `a${ESC}[31`, 'a'],
    ['a lone escape', `a${ESC}`, 'a'],
    ['turned text', 'abc\u202Etxt.exe\u202C', 'abctxt.exe'],
    ['isolates', '\u2066x\u2069', 'x'],
    ['invisible characters', 'ad\u200Bmin\uFEFF', 'admin'],
    ['tag characters', `a${String.fromCodePoint(0xe0041)}b`, 'ab'],
    ['line ends', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
    [
      'backspaces and bells',
      'secret\b\b\b\b\b\bpublic\u0007',
      `secret${'\ufffd'.repeat(6)}public\ufffd`,
    ],
    ['NUL', 'a\0b', 'a\ufffdb'],
  ])('%s', (_what, text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });

  it('keeps emoji that are joined, which need the joiner', () => {
    expect(cleanText('👨‍👩‍👧')).toBe('👨‍👩‍👧');
  });

  it('takes time in proportion to the text', () => {
    const start = Date.now();
    cleanText(`${ESC}]`.repeat(100_000));
    cleanText(`${ESC}[`.repeat(100_000));
    expect(Date.now() - start).toBeLessThan(2_000);
  });
});

describe('cleanLine', () => {
  it.each([
    [
      'done\n2026-01-01T00:00:00Z agentic error forged',
      'done\\n2026-01-01T00:00:00Z agentic error forged',
    ],
    ['a\r\nb\u2029c', 'a\\nb\\nc'],
    ['a\tb', 'a b'],
  ])('%j becomes %j', (text, line) => {
    expect(cleanLine(text)).toBe(line);
  });
});
