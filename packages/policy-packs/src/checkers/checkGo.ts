import type { Checker, FileViolation } from '../FileCheck';
import { gofmt } from '../gofmt';

function firstDifference(left: string, right: string): number {
  const before = left.split('\n');
  const after = right.split('\n');
  return before.findIndex((line, index) => line !== after[index]) + 1;
}

function syntaxViolation(complaint: string): FileViolation {
  const [, line, message] = /^(\d+):\d+: ([\s\S]*)$/.exec(complaint) ?? [];
  return {
    rule: 'go/syntax',
    severity: 'high',
    message: message ?? complaint,
    ...(line === undefined ? {} : { line: Number(line) }),
  };
}

/** Parses Go with Go's own parser and asks for its format. Types and imports are not checked: that takes the dependencies. */
export const checkGo: Checker = async ({ content }) => {
  const result = gofmt(content);
  if ('complaint' in result) {
    return { violations: [syntaxViolation(result.complaint)] };
  }
  if (result.formatted === content) {
    return { violations: [] };
  }
  return {
    violations: [
      {
        rule: 'go/format',
        severity: 'medium',
        message: 'The file is not formatted as gofmt does it',
        line: firstDifference(content, result.formatted),
        remedy: "Run 'gofmt -w' on it",
      },
    ],
  };
};
