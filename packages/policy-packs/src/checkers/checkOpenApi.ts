import type * as OpenApiValidator from '@seriousme/openapi-schema-validator';
import type { Checker, FileViolation } from '../FileCheck';
import { lazyRequire } from '../lazyRequire';
import { pointerPath } from '../yaml/pointerPath';
import { type YamlDocument, parseYamlSource } from '../yaml/YamlSource';

interface Finding {
  readonly instancePath?: string;
  readonly keyword?: string;
  readonly message?: string;
}

const BRANCHES = ['if', 'oneOf', 'anyOf', '$ref'];

/** A schema of alternatives answers one finding for each of them; the deepest ones are those that help. */
function deepest(all: readonly Finding[]): Finding[] {
  const plain = all.filter(({ keyword = '' }) => !BRANCHES.includes(keyword));
  const findings = plain.length > 0 ? plain : all;
  const depth = ({ instancePath = '' }: Finding) =>
    instancePath.split('/').length;
  const most = Math.max(...findings.map(depth));
  return findings.filter(finding => depth(finding) === most).slice(0, 5);
}

function violationsOf(
  errors: string | readonly Finding[] | undefined,
  document: YamlDocument | undefined,
): FileViolation[] {
  if (!document || errors === undefined || typeof errors === 'string') {
    return [
      {
        rule: 'openapi/schema',
        severity: 'high',
        message:
          typeof errors === 'string' && errors !== ''
            ? errors
            : 'The document is no OpenAPI document',
        line: 1,
      },
    ];
  }
  return deepest(errors).map(({ instancePath = '', message = '' }) => ({
    rule: 'openapi/schema',
    severity: 'high',
    message: `${instancePath || 'The document'} ${message}`,
    line: document.lineOf(pointerPath(instancePath)),
  }));
}

/** Kept, because it compiles the schema of each version once. */
let validator: OpenApiValidator.Validator | undefined;

/** Holds an OpenAPI document (2.0 to 3.1, YAML or JSON) against the specification's JSON schema and resolves its references. */
export const checkOpenApi: Checker = async ({ content }) => {
  const { documents, violations } = parseYamlSource(content, 'openapi');
  if (violations.length > 0) {
    return { violations };
  }
  const [document] = documents;
  // The validator would take a text for the name of a file or an address.
  if (typeof document?.value !== 'object' || document.value === null) {
    return { violations: violationsOf(undefined, document) };
  }
  validator ??= new (lazyRequire<typeof OpenApiValidator>(
    '@seriousme/openapi-schema-validator',
  ).Validator)();
  const { valid, errors } = await validator.validate(
    document.value as Record<string, unknown>,
  );
  return { violations: valid ? [] : violationsOf(errors, document) };
};
