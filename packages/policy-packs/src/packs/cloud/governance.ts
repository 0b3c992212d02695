import type { Resource } from '../../documents/Resource';
import { Unknown, isList, isObject } from '../../documents/Value';
import type { Value } from '../../documents/Value';
import { valuesAt } from '../../rules/evaluateCondition';
import { any, isSet } from '../../rules/Condition';
import type {
  CheckFinding,
  Parameters,
  PolicyRule,
} from '../../rules/PolicyRule';
import { cloudRules } from './cloudRule';

const SIZE_PATHS: Readonly<Record<string, readonly string[]>> = {
  aws_instance: ['instance_type'],
  aws_spot_instance_request: ['instance_type'],
  aws_launch_configuration: ['instance_type'],
  aws_launch_template: ['instance_type'],
  aws_db_instance: ['instance_class'],
  aws_rds_cluster_instance: ['instance_class'],
  aws_sagemaker_notebook_instance: ['instance_type'],
  aws_eks_node_group: ['instance_types'],
  google_compute_instance: ['machine_type'],
  google_compute_instance_template: ['machine_type'],
  google_container_node_pool: ['node_config.machine_type'],
  azurerm_virtual_machine: ['vm_size'],
  azurerm_virtual_machine_scale_set: ['sku.name'],
  azurerm_linux_virtual_machine: ['size'],
  azurerm_windows_virtual_machine: ['size'],
  azurerm_linux_virtual_machine_scale_set: ['sku'],
  azurerm_windows_virtual_machine_scale_set: ['sku'],
  azurerm_kubernetes_cluster: ['default_node_pool.vm_size'],
  azurerm_kubernetes_cluster_node_pool: ['vm_size'],
  vsphere_virtual_machine: [],
  digitalocean_droplet: ['size'],
  linode_instance: ['type'],
  hcloud_server: ['server_type'],
  'AWS::EC2::Instance': ['InstanceType'],
  'AWS::RDS::DBInstance': ['DBInstanceClass'],
};
// Metal, and sizes of which one machine costs as much as a team.
const HUGE =
  /(?:^|[.-])(?:metal|\d{2,}xlarge)(?:-\d+\w*)?$|-(?:64|80|96|128|160|208|224|416)$|^Standard_(?:M|ND|NV|HB|HC)\d{2,}/;

function sizeFindings(
  resource: Resource,
  parameters: Parameters,
): CheckFinding[] {
  const allowed = [
    'allowedInstanceTypes',
    'allowed_types',
    'allowedMachineTypes',
    'allowedVmSizes',
  ]
    .map(name => parameters[name])
    .find(isList);
  return SIZE_PATHS[resource.type].flatMap(path =>
    valuesAt(resource.attributes, path)
      .flatMap((value): readonly Value[] => (isList(value) ? value : [value]))
      .flatMap((value): CheckFinding[] => {
        const line = resource.lineOf([path]) ?? resource.line;
        if (value instanceof Unknown) {
          return [{ line, unknown: true }];
        }
        const size = String(value).split('/').at(-1) ?? '';
        const isFine = allowed
          ? allowed.map(String).includes(size)
          : !HUGE.test(size);
        return isFine
          ? []
          : [
              {
                line,
                message: `${resource.address} is of the size ${size}, which is not allowed`,
              },
            ];
      }),
  );
}

function wanted(
  parameters: Parameters,
): readonly { key: string; pattern?: RegExp }[] | undefined {
  const list = [
    'requiredTags',
    'requiredLabels',
    'labels',
    'mandatory_tags',
    'mandatoryTags',
    'required_tags',
  ]
    .map(name => parameters[name])
    .find(isList);
  return list?.map(item => {
    const pattern =
      isObject(item) && typeof item.allowedRegex === 'string'
        ? safePattern(item.allowedRegex)
        : undefined;
    return {
      key: isObject(item) ? String(item.key) : String(item),
      ...(pattern && { pattern }),
    };
  });
}

function safePattern(source: string): RegExp | undefined {
  try {
    return source.length > 500 ? undefined : new RegExp(source);
  } catch {
    return undefined;
  }
}

function tagFindings(
  tags: Value | undefined,
  parameters: Parameters,
  line: number | undefined,
  address: string,
): CheckFinding[] {
  if (tags instanceof Unknown) {
    return [{ line, unknown: true }];
  }
  const given = isObject(tags) ? tags : {};
  const missing = (wanted(parameters) ?? []).filter(({ key, pattern }) => {
    const value = Object.hasOwn(given, key) ? given[key] : undefined;
    return (
      value === undefined ||
      value === null ||
      (pattern && !(value instanceof Unknown) && !pattern.test(String(value)))
    );
  });
  return missing.length > 0
    ? [
        {
          line,
          message: `${address} lacks ${missing
            .map(({ key }) => key)
            .join(', ')}`,
        },
      ]
    : [];
}

const TAGGED =
  /^(?:aws_(?:instance|s3_bucket|db_instance|rds_cluster|ebs_volume|vpc|subnet|security_group|lambda_function|eks_cluster|ecs_cluster|ecs_service|lb|alb|elb|dynamodb_table|sqs_queue|sns_topic|kms_key|efs_file_system)|azurerm_(?:virtual_machine|linux_virtual_machine|windows_virtual_machine|resource_group|storage_account|virtual_network|kubernetes_cluster)|google_(?:compute_instance|compute_disk|storage_bucket|container_cluster|sql_database_instance))$/;

function cloudTags(resource: Resource, parameters: Parameters): CheckFinding[] {
  if (wanted(parameters) === undefined || !TAGGED.test(resource.type)) {
    return [];
  }
  const name = resource.type.startsWith('google_') ? 'labels' : 'tags';
  const tags = resource.attributes[name] ?? resource.attributes.tags_all;
  return tagFindings(
    tags,
    parameters,
    resource.lineOf([name]) ?? resource.line,
    resource.address,
  );
}

function cloudFormationTags(
  resource: Resource,
  parameters: Parameters,
): CheckFinding[] {
  const tags = resource.attributes.Tags;
  if (wanted(parameters) === undefined || !isList(tags)) {
    return [];
  }
  const given = Object.fromEntries(
    tags
      .filter(isObject)
      .map(({ Key, Value: value }) => [String(Key), value ?? null]),
  );
  return tagFindings(
    given,
    parameters,
    resource.lineOf(['Tags']) ?? resource.line,
    resource.address,
  );
}

function kubernetesLabels(
  resource: Resource,
  parameters: Parameters,
): CheckFinding[] {
  const labels = valuesAt(resource.attributes, 'metadata.labels')[0];
  return wanted(parameters) === undefined
    ? []
    : tagFindings(
        labels,
        parameters,
        resource.lineOf(['metadata']),
        resource.address,
      );
}

/** Rules about sizes and tags, by what the parameters allow and ask for. */
export const GOVERNANCE_RULES: readonly PolicyRule[] = [
  {
    id: 'cost-instance-type',
    category: 'instance-type',
    severity: 'medium',
    topics: ['instance-type'],
    title: 'Machines are of a size that is allowed',
    remedy: 'Take a size that the parameter allowedInstanceTypes names',
    checks: (['terraform', 'cloudformation'] as const).map(platform => ({
      platform,
      types: Object.keys(SIZE_PATHS),
      find: (resource, { parameters }) => sizeFindings(resource, parameters),
    })),
  },
  {
    id: 'required-tags',
    category: 'required-tags',
    severity: 'low',
    topics: ['tags'],
    title: 'Resources carry the tags and labels that are asked for',
    remedy: 'Add the tags that the parameter requiredTags or labels names',
    checks: [
      {
        platform: 'terraform',
        find: (resource, { parameters }) => cloudTags(resource, parameters),
      },
      {
        platform: 'cloudformation',
        find: (resource, { parameters }) =>
          cloudFormationTags(resource, parameters),
      },
      {
        platform: 'kubernetes',
        find: (resource, { parameters }) =>
          kubernetesLabels(resource, parameters),
      },
    ],
  },
  ...cloudRules('required-tags', 'required-tags-', {
    autoscaling: {
      topics: ['tags'],
      title: 'Groups of machines tag what they start',
      remedy: 'Add tag blocks with propagate_at_launch',
      rows: [
        ['aws_autoscaling_group', any(isSet('tag'), isSet('tags'))],
        ['AWS::AutoScaling::AutoScalingGroup', isSet('Tags')],
      ],
    },
  }),
];
