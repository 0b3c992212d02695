import fs from 'node:fs';
import path from 'node:path';

const problem = /\b(warn|error)\b/;

/**
 * Opens the file that the portal writes its log to by itself, so that the log
 * does not depend on us, and shows what matters of it on the screen: warnings
 * and errors, or everything with AGENTIC_LOG=all.
 */
export function openPortalLog(file) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const descriptor = fs.openSync(file, 'w+');
  const everything = process.env.AGENTIC_LOG === 'all';
  let position = 0;
  let rest = '';
  const show = () => {
    const chunk = Buffer.alloc(64 * 1024);
    for (;;) {
      const count = fs.readSync(descriptor, chunk, 0, chunk.length, position);
      if (count === 0) {
        return;
      }
      position += count;
      const lines = (rest + chunk.toString('utf8', 0, count)).split('\n');
      rest = lines.pop();
      for (const line of lines) {
        if (everything || problem.test(line.slice(0, 80))) {
          process.stdout.write(`${line}\n`);
        }
      }
    }
  };
  const timer = setInterval(show, 300);
  return {
    descriptor,
    tail: count =>
      fs.readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count),
    close: () => {
      clearInterval(timer);
      show();
      fs.closeSync(descriptor);
    },
  };
}
