import fs from 'node:fs';
import path from 'node:path';

const strip = lines => lines.map(line => line.slice(1));

function parse(code) {
  const [first, ...lines] = code.replace(/\n$/, '').split('\n');
  const file = /^--- (\S+)$/.exec(first)?.[1];
  if (!file) {
    throw new Error(`A change begins with "--- <file>", not with "${first}"`);
  }
  const hunks = [[]];
  for (const line of lines) {
    if (line.startsWith('@@')) {
      hunks.push([]);
    } else {
      hunks[hunks.length - 1].push(line === '' ? ' ' : line);
    }
  }
  return {
    file,
    hunks: hunks
      .filter(hunk => hunk.length > 0)
      .map(hunk => ({
        before: strip(hunk.filter(line => /^[ -]/.test(line))),
        after: strip(hunk.filter(line => /^[ +]/.test(line))),
      })),
  };
}

function placesOf(wanted, lines) {
  return lines
    .keys()
    .filter(at => wanted.every((line, index) => lines[at + index] === line))
    .toArray();
}

function changed(lines, { before, after }, file) {
  if (before.length === 0) {
    return [...lines, ...after];
  }
  const places = placesOf(before, lines);
  if (places.length !== 1) {
    throw new Error(
      `${file} has ${places.length} places that read\n${before.join('\n')}`,
    );
  }
  return lines.toSpliced(places[0], before.length, ...after);
}

function write(folder, file, change) {
  const absolute = path.join(folder, file);
  const text = fs.existsSync(absolute) ? fs.readFileSync(absolute, 'utf8') : '';
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
  fs.writeFileSync(absolute, `${change(lines).join('\n')}\n`);
}

/** Does what a reader does with YAML below a comment that names a file: adds it at its end. */
export function appendYaml(folder, code) {
  const [first, ...added] = code.replace(/\n$/, '').split('\n');
  const file = /^# (\S+\.yaml)$/.exec(first)?.[1];
  if (!file) {
    throw new Error(`YAML begins with "# <file>.yaml", not with "${first}"`);
  }
  write(folder, file, lines => [...lines, '', ...added]);
}

/**
 * Does what a reader does with a block like a unified diff without line numbers:
 * finds the one place in the file that reads like the lines without a plus, and
 * leaves there those without a minus. Lines with a plus only go to the end.
 */
export function applyChange(folder, code) {
  const { file, hunks } = parse(code);
  write(folder, file, lines =>
    hunks.reduce((current, hunk) => changed(current, hunk, file), lines),
  );
}
