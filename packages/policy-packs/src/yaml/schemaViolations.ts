import type { z } from 'zod';
import type { FileViolation } from '../FileCheck';
import type { YamlDocument } from './YamlSource';

/** Holds a document against a schema; each issue becomes a violation at its line. */
export function schemaViolations(
  document: YamlDocument,
  schema: z.ZodType,
  rule: string,
): FileViolation[] {
  const result = schema.safeParse(document.value);
  if (result.success) {
    return [];
  }
  return result.error.issues.map(issue => {
    const path = issue.path.map(part =>
      typeof part === 'number' ? part : String(part),
    );
    return {
      rule,
      severity: 'high',
      message: `${path.join('.') || 'The document'}: ${issue.message}`,
      line: document.lineOf(
        issue.code === 'unrecognized_keys' ? [...path, issue.keys[0]] : path,
      ),
    };
  });
}
