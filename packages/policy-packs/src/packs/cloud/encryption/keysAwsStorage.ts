import {
  all,
  any,
  every,
  is,
  isSet,
  referredBy,
} from '../../../rules/Condition';
import type { CloudEntry } from '../cloudRule';
import { own, withOwnKey } from './questions';

/** Storage and databases of AWS, with keys of one's own. */
export const KEYS_AWS_STORAGE: Readonly<Record<string, CloudEntry>> = {
  s3: withOwnKey(
    's3',
    'S3 buckets and objects are encrypted',
    [
      'aws_s3_bucket',
      any(
        is(
          'server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.sse_algorithm',
          'aws:kms',
          'aws:kms:dsse',
        ),
        referredBy(
          ['aws_s3_bucket_server_side_encryption_configuration'],
          'bucket',
          is(
            'rule.apply_server_side_encryption_by_default.sse_algorithm',
            'aws:kms',
            'aws:kms:dsse',
          ),
        ),
      ),
    ],
    [
      'aws_s3_bucket_object aws_s3_object aws_s3_object_copy',
      own('kms_key_id'),
    ],
  ),
  efs: withOwnKey(
    'efs',
    'File systems are encrypted',
    ['aws_efs_file_system', isSet('kms_key_id')],
    ['AWS::EFS::FileSystem', isSet('KmsKeyId')],
  ),
  fsx: withOwnKey('fsx', 'FSx file systems are encrypted', [
    'aws_fsx_ontap_file_system aws_fsx_windows_file_system aws_fsx_openzfs_file_system aws_fsx_lustre_file_system',
    isSet('kms_key_id'),
  ]),
  dms: withOwnKey(
    'dms',
    'Migrations are encrypted',
    ['aws_dms_s3_endpoint aws_dms_replication_instance', isSet('kms_key_arn')],
    [
      'aws_dms_endpoint',
      any(
        isSet('kms_key_arn'),
        isSet('s3_settings.server_side_encryption_kms_key_id'),
      ),
    ],
  ),
  rds: withOwnKey(
    'rds',
    'Databases and their copies are encrypted',
    [
      'aws_db_instance_automated_backups_replication aws_db_snapshot_copy aws_rds_cluster_activity_stream aws_rds_cluster',
      isSet('kms_key_id'),
    ],
    [
      'aws_db_instance aws_rds_cluster_instance aws_rds_cluster',
      isSet('performance_insights_kms_key_id'),
      is('performance_insights_enabled', true),
    ],
    ['aws_db_instance', isSet('kms_key_id'), is('storage_encrypted', true)],
  ),
  documentdb: withOwnKey('documentdb', 'DocumentDB clusters are encrypted', [
    'aws_docdb_cluster',
    isSet('kms_key_id'),
  ]),
  neptune: withOwnKey(
    'neptune',
    'Neptune clusters are encrypted',
    ['aws_neptune_cluster', isSet('kms_key_arn')],
    ['aws_neptune_cluster_snapshot', is('storage_encrypted', true)],
  ),
  redshift: withOwnKey('redshift', 'Redshift clusters are encrypted', [
    'aws_redshift_cluster aws_redshiftserverless_namespace aws_redshift_snapshot_copy_grant',
    isSet('kms_key_id'),
  ]),
  ec2: withOwnKey(
    'ec2',
    'Volumes and machine images are encrypted',
    ['aws_ebs_volume aws_ebs_snapshot_copy aws_ami_copy', isSet('kms_key_id')],
    [
      'aws_ami',
      every(
        'ebs_block_device',
        any(isSet('snapshot_id'), is('encrypted', true)),
      ),
    ],
    ['aws_ebs_default_kms_key', isSet('key_arn')],
  ),
  dlm: withOwnKey('dlm', 'Copies of lifecycle policies are encrypted', [
    'aws_dlm_lifecycle_policy',
    all(
      every(
        'policy_details.schedule.cross_region_copy_rule',
        all(is('encrypted', true), isSet('cmk_arn')),
      ),
      every(
        'policy_details.action.cross_region_copy',
        isSet('encryption_configuration.cmk_arn'),
      ),
    ),
  ]),
  dynamodb: withOwnKey(
    'dynamodb',
    'DynamoDB tables are encrypted',
    [
      'aws_dynamodb_table',
      all(
        is('server_side_encryption.enabled', true),
        isSet('server_side_encryption.kms_key_arn'),
      ),
    ],
    ['aws_dynamodb_table_replica', isSet('kms_key_arn')],
    [
      'AWS::DynamoDB::Table',
      all(
        is('SSESpecification.SSEEnabled', true),
        is('SSESpecification.SSEType', 'KMS'),
      ),
    ],
  ),
  ecr: withOwnKey('ecr', 'Image repositories are encrypted', [
    'aws_ecr_repository',
    is('encryption_configuration.encryption_type', 'KMS', 'KMS_DSSE'),
  ]),
  elasticsearch: withOwnKey(
    'elasticsearch',
    'OpenSearch domains are encrypted',
    [
      'aws_elasticsearch_domain aws_opensearch_domain',
      isSet('encrypt_at_rest.kms_key_id'),
    ],
  ),
  elasticache: withOwnKey(
    'elasticache memorydb',
    'Caches are encrypted',
    ['aws_elasticache_replication_group', isSet('kms_key_id')],
    ['aws_memorydb_cluster aws_memorydb_snapshot', isSet('kms_key_arn')],
  ),
  other: withOwnKey(
    'backup kendra qldb timestream transfer mwaa scheduler glacier lambda workspaces connect keyspaces batch bedrock apprunner datasync',
    'Data of the service is encrypted',
    [
      'aws_kendra_index',
      isSet('server_side_encryption_configuration.kms_key_id'),
    ],
    ['aws_qldb_ledger', isSet('kms_key')],
    ['aws_timestreamwrite_database', isSet('kms_key_id')],
    ['aws_mwaa_environment', isSet('kms_key')],
    ['aws_scheduler_schedule', isSet('kms_key_arn')],
    ['aws_backup_vault', isSet('kms_key_arn')],
    [
      'aws_keyspaces_table',
      is('encryption_specification.type', 'CUSTOMER_MANAGED_KMS_KEY'),
    ],
    ['aws_workspaces_workspace', isSet('volume_encryption_key')],
    [
      'aws_connect_instance_storage_config',
      any(
        isSet(
          'storage_config.kinesis_video_stream_config.encryption_config.key_id',
        ),
        isSet('storage_config.s3_config.encryption_config.key_id'),
      ),
    ],
    ['aws_apprunner_service', isSet('encryption_configuration.kms_key')],
    ['aws_bedrockagent_agent', isSet('customer_encryption_key_arn')],
    ['aws_customerprofiles_domain', isSet('default_encryption_key')],
    [
      'aws_storagegateway_nfs_file_share aws_storagegateway_smb_file_share',
      is('kms_encrypted', true),
    ],
  ),
};
