import {
  all,
  any,
  every,
  is,
  isOrUnset,
  isSet,
  matches,
  not,
  referredBy,
  some,
} from '../../rules/Condition';
import type { Condition } from '../../rules/Condition';
import type { PolicyRule } from '../../rules/PolicyRule';
import { allowsEverybody } from '../cloud/policyDocument';
import { cloudRules } from './cloudRule';

const OPEN_ACL = [
  'public-read',
  'public-read-write',
  'website',
  'authenticated-read',
];
const OPEN_CFN_ACL = ['PublicRead', 'PublicReadWrite', 'AuthenticatedRead'];
const EVERYBODY = /\/(?:AllUsers|AuthenticatedUsers)$/;
const GOOGLE_EVERYBODY = /(?:^|:)(?:allUsers|allAuthenticatedUsers)$/;
const GOOGLE_OPEN_ACL = ['publicRead', 'publicReadWrite', 'authenticatedRead'];
const BLOCKS = [
  'block_public_acls',
  'block_public_policy',
  'ignore_public_acls',
  'restrict_public_buckets',
] as const;
const CFN_BLOCKS = [
  'BlockPublicAcls',
  'BlockPublicPolicy',
  'IgnorePublicAcls',
  'RestrictPublicBuckets',
] as const;

const blocksAll = (prefix = '') =>
  all(...BLOCKS.map(name => is(`${prefix}${name}`, true)));
const closedByBlock = referredBy(
  ['aws_s3_bucket_public_access_block'],
  'bucket',
  all(is('ignore_public_acls', true), is('restrict_public_buckets', true)),
);

const aclIsOpen: Condition = any(
  is('acl', ...OPEN_ACL),
  some('grant', matches('uri', EVERYBODY)),
  some(
    'access_control_policy',
    some('grant', some('grantee', matches('uri', EVERYBODY))),
  ),
);

const blockRule = (
  key: string,
  name: (typeof BLOCKS)[number],
  cfn: (typeof CFN_BLOCKS)[number],
) => ({
  [`s3-${key}`]: {
    topics: [`s3-${key}`],
    title: `The public access block of S3 sets ${name}`,
    remedy: `Set ${name} to true`,
    severity: 'high' as const,
    rows: [
      [
        'aws_s3_bucket_public_access_block aws_s3_account_public_access_block',
        is(name, true),
      ],
      ['AWS::S3::Bucket', is(`PublicAccessBlockConfiguration.${cfn}`, true)],
    ] as const,
  },
});

/** Rules against storage that anybody can read. */
export const PUBLIC_STORAGE_RULES: readonly PolicyRule[] = [
  ...cloudRules('public-storage', '', {
    'no-public-s3-buckets': {
      topics: ['s3-public-acl', 's3-public', 's3'],
      title: 'No S3 bucket is public by its access list or policy',
      remedy:
        'Set acl to private, take the grants to AllUsers and AuthenticatedUsers and the principal * out',
      rows: [
        ['aws_s3_bucket aws_s3_bucket_acl', not(aclIsOpen), not(closedByBlock)],
        [
          'aws_s3_bucket_policy aws_s3_bucket',
          not(allowsEverybody('policy')),
          isSet('policy'),
        ],
        ['AWS::S3::Bucket', not(is('AccessControl', ...OPEN_CFN_ACL))],
        ['AWS::S3::BucketPolicy', not(allowsEverybody('PolicyDocument'))],
        [
          'aws_s3_access_point',
          blocksAll('public_access_block_configuration.'),
          isSet('public_access_block_configuration'),
        ],
        [
          'aws_s3_access_point',
          not(allowsEverybody('policy')),
          isSet('policy'),
        ],
        [
          'AWS::S3::AccessPoint',
          all(
            ...CFN_BLOCKS.map(name =>
              is(`PublicAccessBlockConfiguration.${name}`, true),
            ),
          ),
        ],
      ],
    },
  }),
  ...cloudRules('public-storage', 'public-storage-', {
    ...blockRule('block-public-acls', 'block_public_acls', 'BlockPublicAcls'),
    ...blockRule(
      'block-public-policy',
      'block_public_policy',
      'BlockPublicPolicy',
    ),
    ...blockRule(
      'ignore-public-acls',
      'ignore_public_acls',
      'IgnorePublicAcls',
    ),
    ...blockRule(
      'restrict-public-buckets',
      'restrict_public_buckets',
      'RestrictPublicBuckets',
    ),
    's3-block-present': {
      topics: ['s3-pab-present'],
      title: 'Every S3 bucket has a public access block',
      remedy: 'Add aws_s3_bucket_public_access_block for the bucket',
      severity: 'medium',
      rows: [
        [
          'aws_s3_bucket',
          referredBy(['aws_s3_bucket_public_access_block'], 'bucket'),
        ],
      ],
    },
    azure: {
      topics: ['azure-blob-public', 'storage-public'],
      title: 'No storage account of Azure lets anonymous callers in',
      remedy:
        'Set allow_nested_items_to_be_public to false and container_access_type to private',
      rows: [
        [
          'azurerm_storage_account',
          any(
            is('allow_nested_items_to_be_public', false),
            is('allow_blob_public_access', false),
          ),
        ],
        [
          'azurerm_storage_container',
          isOrUnset('container_access_type', 'private'),
        ],
      ],
    },
    'azure-network': {
      topics: ['azure-storage-network', 'storage-network'],
      title: 'Storage accounts of Azure are closed to public networks',
      remedy:
        'Set network_rules.default_action to Deny, or public_network_access_enabled to false',
      severity: 'medium',
      rows: [
        [
          'azurerm_storage_account',
          not(is('network_rules.default_action', 'Allow')),
          isSet('network_rules'),
        ],
        ['azurerm_storage_account_network_rules', is('default_action', 'Deny')],
      ],
    },
    google: {
      topics: ['gcs-public', 'storage-public', 'google-storage'],
      title: 'No bucket of Google Cloud is public',
      remedy: 'Take allUsers and allAuthenticatedUsers out',
      rows: [
        [
          'google_storage_bucket_iam_member google_storage_bucket_iam_binding google_storage_managed_folder_iam_member google_storage_managed_folder_iam_binding',
          all(
            not(some('member', matches('', GOOGLE_EVERYBODY))),
            not(matches('member', GOOGLE_EVERYBODY)),
            not(some('members', matches('', GOOGLE_EVERYBODY))),
          ),
        ],
        [
          'google_storage_bucket_access_control google_storage_default_object_access_control google_storage_object_access_control',
          not(matches('entity', GOOGLE_EVERYBODY)),
        ],
        [
          'google_storage_bucket_acl google_storage_default_object_acl google_storage_object_acl',
          all(
            not(is('predefined_acl', ...GOOGLE_OPEN_ACL)),
            every(
              'role_entity',
              not(matches('', /:(?:allUsers|allAuthenticatedUsers)$/)),
            ),
          ),
        ],
        [
          'google_storage_bucket',
          not(is('predefined_acl', ...GOOGLE_OPEN_ACL)),
        ],
      ],
    },
    other: {
      topics: [
        'storage-public',
        'digitalocean-spaces',
        'alicloud-oss',
        'oci-objectstorage',
        'openstack',
        'yandex',
      ],
      title: 'No bucket of another cloud is public',
      remedy: 'Make the bucket private',
      rows: [
        [
          'digitalocean_spaces_bucket digitalocean_spaces_bucket_object alicloud_oss_bucket alicloud_oss_bucket_acl yandex_storage_bucket linode_object_storage_bucket scaleway_object_bucket scaleway_object_bucket_acl',
          not(is('acl', ...OPEN_ACL)),
        ],
        [
          'oci_objectstorage_bucket',
          isOrUnset('access_type', 'NoPublicAccess'),
        ],
        [
          'openstack_objectstorage_container_v1',
          not(matches('container_read', /\.r:\*/)),
        ],
        ['aws_ebs_snapshot_block_public_access', not(is('state', 'unblocked'))],
        ['aws_ami_launch_permission', not(is('group', 'all'))],
        [
          'aws_rds_cluster_snapshot aws_db_snapshot',
          not(some('shared_accounts', is('', 'all'))),
        ],
      ],
    },
  }),
];
