/** The line that tells readers of the file where its words come from. */
export const writtenFrom = source =>
  `<!-- Written by \`npm run docs:generate\` from ${source}: change it there. -->`;

/** A name as code; nothing for nothing. */
export const code = text =>
  text === undefined || text === '' ? '' : `\`${text}\``;

/** A table. Bars in cells are escaped, line ends taken out. */
export function table(titles, rows) {
  const line = cells =>
    `| ${cells
      .map(cell =>
        String(cell ?? '')
          .replace(/\s*\n\s*/g, ' ')
          .replaceAll('|', '\\|'),
      )
      .join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join(
    '\n',
  );
}

/** A page of parts with a blank line between them. */
export const pageOf = (...parts) =>
  `${parts.flat().filter(Boolean).join('\n\n')}\n`;
