import { Unknown, isList, isObject } from '../../documents/Value';
import type { Value } from '../../documents/Value';
import { valuesAt } from '../../rules/evaluateCondition';
import { is, not } from '../../rules/Condition';
import type { PolicyRule, RuleCheck } from '../../rules/PolicyRule';

/** Whether the JSON of container definitions has a privileged one. */
function isPrivileged(value: Value): boolean | undefined {
  const text = value instanceof Unknown ? value.text : value;
  if (typeof text === 'string') {
    try {
      return isPrivileged(JSON.parse(text));
    } catch {
      return undefined;
    }
  }
  if (isList(text)) {
    return text.some(isPrivileged);
  }
  return (
    isObject(text) &&
    (text.privileged === true ||
      text.privileged === 'true' ||
      text.Privileged === true)
  );
}

const definitions = (type: string, path: string): RuleCheck => ({
  platform: type.startsWith('AWS::') ? 'cloudformation' : 'terraform',
  types: [type],
  find: resource =>
    valuesAt(resource.attributes, path).flatMap(value => {
      const privileged = isPrivileged(value);
      const line = resource.lineOf([path]) ?? resource.line;
      return privileged === false
        ? []
        : [privileged ? { line } : { line, unknown: true as const }];
    }),
});

/** Rules about containers that clouds run. */
export const CLOUD_CONTAINER_RULES: readonly PolicyRule[] = [
  {
    id: 'cloud-privileged-container',
    category: 'privileged-container',
    severity: 'critical',
    topics: ['privileged'],
    title: 'Containers of ECS, Batch and CodeBuild are not privileged',
    remedy: 'Remove privileged',
    targets: [
      {
        types: ['aws_codebuild_project'],
        require: not(is('environment.privileged_mode', true)),
      },
      {
        types: ['AWS::CodeBuild::Project'],
        require: not(is('Environment.PrivilegedMode', true)),
      },
    ],
    checks: [
      definitions('aws_ecs_task_definition', 'container_definitions'),
      definitions('aws_batch_job_definition', 'container_properties'),
      definitions('AWS::ECS::TaskDefinition', 'ContainerDefinitions'),
      definitions('AWS::Batch::JobDefinition', 'ContainerProperties'),
    ],
  },
];
