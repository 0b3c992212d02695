import type { Checker, FileViolation } from '../FileCheck';
import { findDuplicateJsonKeys } from './findDuplicateJsonKeys';

const WITH_COMMENTS = /(^|\/)(tsconfig[^/]*|jsconfig|devcontainer)\.json$/;
const IN_VSCODE = /(^|\/)\.vscode\/[^/]+\.json$/;
const POSITION = /position (\d+)/;

function withoutComments(content: string): string {
  return content.replace(
    /"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    token => (token.startsWith('"') ? token : token.replace(/[^\n]/g, ' ')),
  );
}

function syntaxViolation(error: unknown, content: string): FileViolation {
  const message = error instanceof Error ? error.message : String(error);
  const position = POSITION.exec(message);
  const offset = position ? Number(position[1]) : content.length;
  return {
    rule: 'json/syntax',
    severity: 'high',
    message,
    line: content.slice(0, offset).split('\n').length,
  };
}

/** Parses JSON strictly and refuses duplicate keys. Comments pass only where the reading tool takes them. */
export const checkJson: Checker = async ({ path, content }) => {
  const text =
    WITH_COMMENTS.test(path) || IN_VSCODE.test(path)
      ? withoutComments(content)
      : content;
  try {
    JSON.parse(text);
  } catch (error) {
    return { violations: [syntaxViolation(error, text)] };
  }
  return { violations: findDuplicateJsonKeys(text) };
};
