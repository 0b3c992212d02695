import type { Checker, CheckerResult, FileViolation } from '../FileCheck';
import { findUnknownFields } from '../kubernetes/findUnknownFields';
import { findKubernetesModel, isRemovedApi } from '../kubernetes/models';
import { pointerPath } from '../yaml/pointerPath';
import { type YamlDocument, parseYamlSource } from '../yaml/YamlSource';

const RULE = 'kubernetes/schema';
const FIRST_LINE: readonly string[] = [];

function failed(message: string, line?: number): CheckerResult {
  return { violations: [{ rule: RULE, severity: 'high', message, line }] };
}

function schemaFindings(
  error: unknown,
  document: YamlDocument,
): FileViolation[] {
  const { errors } = error as {
    errors?: readonly { instancePath: string; message?: string }[];
  };
  return (errors ?? [{ instancePath: '', message: String(error) }]).map(
    ({ instancePath, message = 'does not fit the schema' }) => ({
      rule: RULE,
      severity: 'high',
      message: `${instancePath || 'The manifest'} ${message}`,
      line: document.lineOf(pointerPath(instancePath)),
    }),
  );
}

function checkManifest(document: YamlDocument): CheckerResult {
  const manifest = document.value as {
    apiVersion?: unknown;
    kind?: unknown;
    metadata?: { name?: unknown; generateName?: unknown };
  };
  const { apiVersion, kind, metadata } = manifest ?? {};
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
    return failed(
      "Each manifest needs 'apiVersion' and 'kind' as text",
      document.lineOf(FIRST_LINE),
    );
  }
  if (isRemovedApi(apiVersion, kind)) {
    return failed(
      `${apiVersion} ${kind} is no longer served by Kubernetes`,
      document.lineOf(['apiVersion']),
    );
  }
  const found = findKubernetesModel(apiVersion, kind);
  if (found.status === 'unknown-kind') {
    return failed(
      `${apiVersion} has no kind '${kind}'`,
      document.lineOf(['kind']),
    );
  }
  if (found.status === 'custom') {
    return {
      violations: [],
      notCovered: `${apiVersion} ${kind} is a custom resource whose schema is not known here`,
    };
  }
  const violations = findUnknownFields(manifest, apiVersion, kind).map(
    (path): FileViolation => ({
      rule: 'kubernetes/unknown-field',
      severity: 'high',
      message: `/${path.join('/')} is no field of ${kind}`,
      line: document.lineOf(path),
      remedy: 'Correct its name or its indentation',
    }),
  );
  try {
    new found.Model(manifest).validate();
  } catch (error) {
    violations.push(...schemaFindings(error, document));
  }
  if (kind !== 'List' && !metadata?.name && !metadata?.generateName) {
    violations.push({
      rule: RULE,
      severity: 'high',
      message: 'metadata.name is missing',
      line: document.lineOf(['metadata']),
    });
  }
  return { violations };
}

/** Holds every manifest of a file against the Kubernetes schema of its kind. */
export const checkKubernetes: Checker = async ({ content }) => {
  const { documents, violations } = parseYamlSource(content, 'kubernetes');
  const results = documents.map(checkManifest);
  const notCovered = results.flatMap(result => result.notCovered ?? []);
  return {
    violations: [...violations, ...results.flatMap(r => r.violations)],
    notCovered:
      notCovered.length > 0 ? [...new Set(notCovered)].join('; ') : undefined,
  };
};
