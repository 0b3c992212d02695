import type { Resource } from '../../documents/Resource';
import { Unknown, isList } from '../../documents/Value';
import type { Value } from '../../documents/Value';
import {} from '../../rules/Condition';
import { valuesAt } from '../../rules/evaluateCondition';
import type { CheckFinding, PolicyRule } from '../../rules/PolicyRule';
import { statementsOf, statementsOfData } from './policyDocument';
import type { Statement } from './policyDocument';

/** Where the access policies of a type stand. `trust`: they say who may use the resource, not what it may do. */
const POLICIES: Readonly<
  Record<string, { readonly paths: readonly string[]; readonly trust?: true }>
> = {
  aws_iam_policy: { paths: ['policy'] },
  aws_iam_role_policy: { paths: ['policy'] },
  aws_iam_user_policy: { paths: ['policy'] },
  aws_iam_group_policy: { paths: ['policy'] },
  aws_iam_role: { paths: ['inline_policy.policy'] },
  aws_ssoadmin_permission_set_inline_policy: { paths: ['inline_policy'] },
  'AWS::IAM::Policy': { paths: ['PolicyDocument'] },
  'AWS::IAM::ManagedPolicy': { paths: ['PolicyDocument'] },
  'AWS::IAM::Role': { paths: ['Policies.PolicyDocument'] },
  'AWS::IAM::User': { paths: ['Policies.PolicyDocument'] },
  'AWS::IAM::Group': { paths: ['Policies.PolicyDocument'] },
  'AWS::Serverless::Function': { paths: ['Policies'] },
};
const TRUST: Readonly<Record<string, readonly string[]>> = {
  aws_iam_role: ['assume_role_policy'],
  aws_sqs_queue: ['policy'],
  aws_sqs_queue_policy: ['policy'],
  aws_sns_topic: ['policy'],
  aws_sns_topic_policy: ['policy'],
  aws_kms_key: ['policy'],
  aws_kms_key_policy: ['policy'],
  aws_ecr_repository_policy: ['policy'],
  aws_secretsmanager_secret_policy: ['policy'],
  aws_secretsmanager_secret: ['policy'],
  aws_lambda_layer_version_permission: ['policy'],
  aws_efs_file_system_policy: ['policy'],
  aws_glacier_vault: ['access_policy'],
  aws_backup_vault_policy: ['policy'],
  aws_elasticsearch_domain: ['access_policies'],
  aws_elasticsearch_domain_policy: ['access_policies'],
  aws_opensearch_domain: ['access_policies'],
  aws_opensearch_domain_policy: ['access_policies'],
  aws_cloudwatch_event_bus_policy: ['policy'],
  'AWS::IAM::Role': ['AssumeRolePolicyDocument'],
  'AWS::SQS::QueuePolicy': ['PolicyDocument'],
  'AWS::SNS::TopicPolicy': ['PolicyDocument'],
  'AWS::KMS::Key': ['KeyPolicy'],
  'AWS::ECR::Repository': ['RepositoryPolicyText'],
  'AWS::SecretsManager::ResourcePolicy': ['ResourcePolicy'],
  'AWS::Elasticsearch::Domain': ['AccessPolicies'],
  'AWS::OpenSearchService::Domain': ['AccessPolicies'],
};

interface Reading {
  readonly statements: readonly Statement[];
  readonly unreadable: boolean;
  readonly path: readonly string[];
}

function readPolicies(resource: Resource, paths: readonly string[]): Reading[] {
  return paths.flatMap(path =>
    valuesAt(resource.attributes, path)
      .flatMap((value): readonly Value[] => (isList(value) ? value : [value]))
      .filter(value => value !== null && value !== '')
      .map(value => {
        const statements = statementsOf(value);
        // A policy of a data source is judged where it is written.
        const elsewhere =
          value instanceof Unknown &&
          value.references.some(reference =>
            reference.startsWith('data.aws_iam_policy_document'),
          );
        return {
          statements: statements ?? [],
          unreadable: statements === undefined && !elsewhere,
          path: path.split('.').slice(0, 1),
        };
      }),
  );
}

function readRights(resource: Resource): readonly Reading[] {
  if (resource.type === 'data.aws_iam_policy_document') {
    const statements = statementsOfData(resource.attributes);
    // One that names principals says who may come; the rights are those of its own resource.
    return [
      {
        statements: statements.filter(
          ({ principals }) => principals.length === 0,
        ),
        unreadable: false,
        path: ['statement'],
      },
    ];
  }
  return readPolicies(resource, POLICIES[resource.type]?.paths ?? []);
}

function readTrust(resource: Resource): readonly Reading[] {
  if (resource.type === 'data.aws_iam_policy_document') {
    return [
      {
        statements: statementsOfData(resource.attributes).filter(
          ({ principals }) => principals.length > 0,
        ),
        unreadable: false,
        path: ['statement'],
      },
    ];
  }
  return readPolicies(resource, TRUST[resource.type] ?? []);
}

function statementRule(
  id: string,
  topics: readonly string[],
  title: string,
  remedy: string,
  isBad: (statement: Statement) => boolean,
  read = readRights,
): PolicyRule {
  const types = [
    ...Object.keys(read === readRights ? POLICIES : TRUST),
    'data.aws_iam_policy_document',
  ];
  const find = (resource: Resource): readonly CheckFinding[] =>
    read(resource).flatMap(
      ({ statements, unreadable, path }): CheckFinding[] => {
        const line = resource.lineOf(path) ?? resource.line;
        if (
          statements.some(statement => statement.allows && isBad(statement))
        ) {
          return [{ line }];
        }
        return unreadable ? [{ line, unknown: true }] : [];
      },
    );
  return {
    id: `iam-${id}`,
    category: 'iam',
    severity: 'high',
    topics,
    title,
    remedy,
    checks: [
      { platform: 'terraform', types, find },
      { platform: 'cloudformation', types, find },
    ],
  };
}

const anyResource = ({ resources }: Statement) => resources.includes('*');
const isFree = ({ conditions }: Statement) => conditions.length === 0;
const READS =
  /^[\w-]+:(?:Describe|List|Get|Head|BatchGet|Lookup|Search|View|Query|Scan|Select|Estimate|Check|Test|Validate|Simulate|Generate(?:Credential|Service)Report)/i;
// Actions of which AWS says that they are for no single resource.
const UNRESTRICTABLE =
  /^(?:xray:(?:Put|Get)\w+|cloudwatch:PutMetricData|(?:ssm|ec2)messages:\w+|ssm:UpdateInstanceInformation|ecr:GetAuthorizationToken|sts:GetCallerIdentity|kms:GenerateRandom|iam:ListAccountAliases|s3:ListAllMyBuckets|ce:\w+|pricing:\w+|support:\w+|logs:PutResourcePolicy)$/;
const EXFILTRATES =
  /^(?:s3:(?:Get(?:Object|\*)|\*)|ssm:GetParameters?\*?$|ssm:GetParameter|ssm:\*|secretsmanager:(?:GetSecretValue|Get\*|\*)|rds:(?:CopyDBSnapshot|CreateDBSnapshot)|dynamodb:(?:GetItem|Query|Scan))|^\*$/i;
const CREDENTIALS =
  /^(?:chime:CreateApiKey|codepipeline:PollForJobs|cognito-identity:GetOpenIdToken|connect:GetFederationToken|ec2:GetPasswordData|ecr:GetAuthorizationToken|gamelift:RequestUploadCredentials|iam:(?:CreateAccessKey|CreateLoginProfile|CreateServiceSpecificCredential|ResetServiceSpecificCredential|UpdateAccessKey)|lightsail:GetInstanceAccessDetails|rds-db:connect|redshift:GetClusterCredentials|sso:GetRoleCredentials|sts:(?:AssumeRole|GetFederationToken|GetSessionToken))/i;
const ESCALATES =
  /^iam:(?:\*|Put|Attach|Create(?:Policy|AccessKey|LoginProfile|Role)|Update(?:AssumeRole|LoginProfile)|SetDefaultPolicy|PassRole|AddUserToGroup|Add\*|P\*)|^(?:lambda:(?:UpdateFunctionCode|\*)|glue:(?:UpdateDevEndpoint|\*)|cloudformation:(?:CreateStack|\*)|datapipeline:(?:CreatePipeline|PutPipeline))/i;

/** Rules about the statements of access policies. */
export const STATEMENT_RULES: readonly PolicyRule[] = [
  statementRule(
    'wildcard-action',
    ['iam-wildcard'],
    'No policy allows every action',
    'Name the actions that are needed',
    ({ actions, allActionsBut, resources }) =>
      actions.some(action => /^\*(?::\*)?$/.test(action)) ||
      (allActionsBut.length > 0 && resources.includes('*')),
  ),
  statementRule(
    'wildcard-service',
    ['iam-wildcard', 'iam-other'],
    'No policy allows every action of a service on everything',
    'Name the actions that are needed',
    statement =>
      anyResource(statement) &&
      isFree(statement) &&
      statement.actions.some(action => /^[\w-]+:\*$/.test(action)),
  ),
  statementRule(
    'wildcard-resource',
    ['iam-wildcard'],
    'No policy is for every resource',
    'Name the resources that are needed',
    statement =>
      anyResource(statement) &&
      isFree(statement) &&
      !statement.actions.every(action => UNRESTRICTABLE.test(action)),
  ),
  statementRule(
    'unconstrained-write',
    ['iam-other'],
    'No policy lets everything be written',
    'Name the resources, or add a condition',
    statement =>
      anyResource(statement) &&
      isFree(statement) &&
      (statement.allActionsBut.length > 0 ||
        statement.actions.some(
          action => !READS.test(action) && !UNRESTRICTABLE.test(action),
        )),
  ),
  statementRule(
    'data-exfiltration',
    ['iam-other'],
    'No policy lets all data be read',
    'Name the resources, or add a condition',
    statement =>
      anyResource(statement) &&
      isFree(statement) &&
      statement.actions.some(action => EXFILTRATES.test(action)),
  ),
  statementRule(
    'credentials-exposure',
    ['iam-other'],
    'No policy lets credentials be made for everything',
    'Name the resources, or add a condition',
    statement =>
      anyResource(statement) &&
      isFree(statement) &&
      statement.actions.some(
        action => CREDENTIALS.test(action) || action === '*',
      ),
  ),
  statementRule(
    'privilege-escalation',
    ['iam-other'],
    'No policy lets its holder widen their own rights',
    'Name the resources, or add a condition',
    statement =>
      anyResource(statement) &&
      isFree(statement) &&
      statement.actions.some(
        action => ESCALATES.test(action) || action === '*',
      ),
  ),
  statementRule(
    'public-principal',
    ['iam-wildcard', 'iam-other'],
    'No resource is open to every account',
    'Name the accounts and services that may come, or add a condition',
    statement =>
      isFree(statement) &&
      statement.principals.some(
        principal => principal === '*' || /^arn:aws:iam::\*:/.test(principal),
      ),
    readTrust,
  ),
];
