import type { Resource } from '../../documents/Resource';
import { isList, isObject } from '../../documents/Value';
import type { CheckFinding, PolicyRule } from '../../rules/PolicyRule';
import { findSecretsIn, isSecretAssignment } from '../../secrets/findSecretsIn';
import { workloadOf } from '../kubernetes/workload';

const REMEDY = 'Take it out, revoke it, and read it from a secret store';

// Whoever reads these from a ConfigMap reads a secret from it, whatever stands there now.
const NEVER_IN_CONFIG =
  /^(?:aws_secret_access_key|aws_access_key_id|private_key|client_secret|\w*password|secret_key_base)$/i;

function inEnvironment(resource: Resource): CheckFinding[] {
  const workload = workloadOf(resource);
  return (workload?.containers ?? []).flatMap(
    ({ spec, path, name: container }) =>
      (isList(spec.env) ? spec.env : []).flatMap(
        (variable, index): CheckFinding[] => {
          const { name, value } = isObject(variable)
            ? variable
            : { name: '', value: null };
          return typeof value === 'string' &&
            isSecretAssignment(String(name), value)
            ? [
                {
                  line: resource.lineOf([...path, 'env', index]),
                  message: `${
                    resource.address
                  }: container ${container} is given ${String(
                    name,
                  )} in the clear`,
                },
              ]
            : [];
        },
      ),
  );
}

function inConfigMap(resource: Resource): CheckFinding[] {
  const { data } = resource.attributes;
  return Object.entries(isObject(data) ? data : {}).flatMap(
    ([key, value]): CheckFinding[] =>
      NEVER_IN_CONFIG.test(key) ||
      isSecretAssignment(key, String(value)) ||
      findSecretsIn(String(value), key).length > 0
        ? [
            {
              line: resource.lineOf(['data', key]),
              message: `${resource.address} holds ${key} in the clear`,
            },
          ]
        : [],
  );
}

/** Rules against secrets in files. */
export const SECRET_RULES: readonly PolicyRule[] = [
  {
    id: 'secret-in-file',
    category: 'hardcoded-secret',
    severity: 'critical',
    topics: [],
    title: 'No file holds a secret',
    remedy: REMEDY,
    checks: [
      {
        platform: 'file',
        find: resource =>
          findSecretsIn(String(resource.attributes.content), resource.file).map(
            ({ title, line }) => ({ line, message: `The line holds ${title}` }),
          ),
      },
    ],
  },
  {
    id: 'secret-in-manifest',
    category: 'hardcoded-secret',
    severity: 'critical',
    topics: [],
    title: 'No manifest gives a secret in the clear',
    remedy: 'Use a Secret and secretKeyRef',
    checks: [
      { platform: 'kubernetes', find: inEnvironment },
      { platform: 'kubernetes', types: ['ConfigMap'], find: inConfigMap },
    ],
  },
];
