import { isList, isObject } from '../../documents/Value';
import {
  any,
  between,
  is,
  isSet,
  matches,
  not,
  some,
} from '../../rules/Condition';
import type { PolicyRule, RuleCheck } from '../../rules/PolicyRule';
import { cloudRules } from './cloudRule';
import { STATEMENT_RULES } from './policyStatements';

const WIDE_POLICY =
  /^arn:aws[\w-]*:iam::aws:policy\/(?:AdministratorAccess|IAMFullAccess|PowerUserAccess)$/;
const GOOGLE_BASIC = /^roles\/(?:owner|editor)$/;
const GOOGLE_IMPERSONATION =
  /^roles\/(?:iam\.serviceAccountUser|iam\.serviceAccountTokenCreator|iam\.workloadIdentityUser|iam\.serviceAccountAdmin|iam\.serviceAccountKeyAdmin)$/;
const GOOGLE_IAM =
  'google_project_iam_member google_project_iam_binding google_folder_iam_member google_folder_iam_binding google_organization_iam_member google_organization_iam_binding';

/** For what should not be there at all. */
const NEVER = any();

const TABLE: readonly PolicyRule[] = cloudRules('iam', 'iam-', {
  'wide-managed-policy': {
    topics: ['iam-wildcard', 'iam-other'],
    title: 'No policy of AWS that allows nearly everything is attached',
    remedy: 'Attach a policy with the rights that are needed',
    rows: [
      [
        'aws_iam_role aws_iam_user aws_iam_group',
        not(matches('managed_policy_arns', WIDE_POLICY)),
        isSet('managed_policy_arns'),
      ],
      [
        'aws_iam_role',
        not(some('managed_policy_arns', matches('', WIDE_POLICY))),
      ],
      [
        'aws_iam_policy_attachment aws_iam_role_policy_attachment aws_iam_user_policy_attachment aws_iam_group_policy_attachment',
        not(matches('policy_arn', WIDE_POLICY)),
      ],
      [
        'aws_ssoadmin_managed_policy_attachment',
        not(matches('managed_policy_arn', WIDE_POLICY)),
      ],
      [
        'AWS::IAM::Role AWS::IAM::User AWS::IAM::Group',
        not(some('ManagedPolicyArns', matches('', WIDE_POLICY))),
      ],
    ],
  },
  'user-attached': {
    topics: ['iam-user-attached'],
    title: 'Rights are given to groups and roles, not to users',
    remedy: 'Attach the policy to a group or a role',
    severity: 'medium',
    rows: [
      [
        'aws_iam_user_policy aws_iam_user_policy_attachment',
        not(isSet('user')),
      ],
      ['aws_iam_policy_attachment', not(isSet('users'))],
      ['AWS::IAM::Policy AWS::IAM::ManagedPolicy', not(isSet('Users'))],
      [
        'AWS::IAM::User',
        not(any(isSet('Policies'), isSet('ManagedPolicyArns'))),
      ],
      [
        `${GOOGLE_IAM} google_storage_bucket_iam_member google_service_account_iam_member`,
        not(
          any(
            matches('member', /^user:/),
            some('members', matches('', /^user:/)),
          ),
        ),
      ],
    ],
  },
  'no-users': {
    topics: ['iam-user-attached'],
    title: 'People sign in through an identity provider',
    remedy: 'Use IAM Identity Center instead of users of IAM',
    severity: 'low',
    rows: [['aws_iam_user AWS::IAM::User', NEVER]],
  },
  'password-policy': {
    topics: ['iam-password-policy'],
    title: 'Passwords are long, mixed, and changed',
    remedy:
      'Ask for 14 characters of every kind, 24 that are not used again, and a change after 90 days',
    severity: 'medium',
    rows: [
      [
        'aws_iam_account_password_policy',
        between('minimum_password_length', 14),
      ],
      ['aws_iam_account_password_policy', between('max_password_age', 1, 90)],
      [
        'aws_iam_account_password_policy',
        any(
          between('password_reuse_prevention', 5),
          is('password_reuse_prevention', 24),
        ),
      ],
      ...[
        'require_lowercase_characters',
        'require_numbers',
        'require_symbols',
        'require_uppercase_characters',
      ].map(
        name => ['aws_iam_account_password_policy', is(name, true)] as const,
      ),
      [
        'alicloud_ram_account_password_policy',
        between('minimum_password_length', 14),
      ],
    ],
  },
  'root-key': {
    topics: ['iam-other'],
    title: 'The root user has no access key',
    remedy: 'Remove the key',
    severity: 'critical',
    rows: [['aws_iam_access_key', not(is('user', 'root'))]],
  },
  'google-wide-role': {
    topics: ['iam-wildcard', 'iam-other'],
    title: 'No basic or impersonating role is given for a project',
    remedy: 'Give a role with the rights that are needed',
    rows: [
      [
        GOOGLE_IAM,
        not(
          any(
            matches('role', GOOGLE_BASIC),
            matches('role', GOOGLE_IMPERSONATION),
          ),
        ),
      ],
      [
        GOOGLE_IAM,
        not(
          matches(
            'member',
            /-compute@developer\.gserviceaccount\.com$|@appspot\.gserviceaccount\.com$/,
          ),
        ),
      ],
    ],
  },
  'azure-wide-role': {
    topics: ['iam-wildcard', 'iam-other'],
    title: 'No role of Azure allows every action',
    remedy: 'Name the actions that are needed',
    rows: [
      [
        'azurerm_role_definition',
        not(some('permissions.actions', is('', '*'))),
      ],
      [
        'azurerm_role_assignment',
        not(is('role_definition_name', 'Owner', 'User Access Administrator')),
      ],
    ],
  },
});

const KUBERNETES_CHECK: RuleCheck = {
  platform: 'kubernetes',
  types: ['Role', 'ClusterRole'],
  find: resource =>
    (isList(resource.attributes.rules) ? resource.attributes.rules : [])
      .filter(isObject)
      .flatMap((rule, index) => {
        const wild = (name: string) =>
          isList(rule[name]) && rule[name].includes('*');
        return wild('verbs') && wild('resources')
          ? [{ line: resource.lineOf(['rules', index]) }]
          : [];
      }),
};

/** Rules about rights. */
export const IDENTITY_RULES: readonly PolicyRule[] = [
  ...STATEMENT_RULES,
  ...TABLE,
  {
    id: 'iam-kubernetes-wildcard',
    category: 'iam',
    severity: 'high',
    topics: ['iam-wildcard'],
    title: 'No role of Kubernetes allows everything',
    remedy: 'Name the verbs and the resources that are needed',
    checks: [KUBERNETES_CHECK],
  },
];
