import {
  all,
  any,
  every,
  is,
  isOrUnset,
  isSet,
  not,
  referredBy,
} from '../../../rules/Condition';
import type { CloudEntry } from '../cloudRule';
import { SSE, SSE_ALGORITHMS, allEncrypted, atRest } from './questions';

/** Storage and databases of AWS, encrypted at rest. */
export const AT_REST_AWS_STORAGE: Readonly<Record<string, CloudEntry>> = {
  s3: atRest(
    's3',
    'S3 buckets are',
    'Add aws_s3_bucket_server_side_encryption_configuration, with aws:kms or AES256',
    [
      'aws_s3_bucket',
      any(
        is(`server_side_encryption_configuration.${SSE}`, ...SSE_ALGORITHMS),
        referredBy(
          ['aws_s3_bucket_server_side_encryption_configuration'],
          'bucket',
          is(SSE, ...SSE_ALGORITHMS),
        ),
      ),
    ],
    [
      'AWS::S3::Bucket',
      isSet('BucketEncryption.ServerSideEncryptionConfiguration'),
    ],
  ),
  ebs: atRest(
    'ec2',
    'EBS volumes are',
    'Set encrypted to true',
    [
      'aws_ebs_volume aws_ebs_snapshot_copy aws_ami_copy',
      is('encrypted', true),
    ],
    ['aws_ebs_encryption_by_default', isOrUnset('enabled', true)],
    ['aws_ami', allEncrypted('ebs_block_device')],
    [
      'aws_instance',
      all(
        is('root_block_device.encrypted', true),
        allEncrypted('ebs_block_device'),
      ),
    ],
    [
      'aws_launch_configuration',
      all(
        is('root_block_device.encrypted', true),
        allEncrypted('ebs_block_device'),
      ),
    ],
    [
      'aws_launch_template',
      every(
        'block_device_mappings',
        any(
          is('ebs.encrypted', true),
          isSet('ebs.snapshot_id'),
          not(isSet('ebs')),
        ),
      ),
    ],
    ['AWS::EC2::Volume', is('Encrypted', true)],
  ),
  rds: atRest(
    'rds',
    'Databases of RDS are',
    'Set storage_encrypted to true',
    [
      'aws_db_instance',
      any(is('storage_encrypted', true), isSet('replicate_source_db')),
    ],
    [
      'aws_rds_cluster',
      any(
        is('storage_encrypted', true),
        is('engine_mode', 'serverless'),
        isSet('replication_source_identifier'),
      ),
    ],
    [
      'aws_rds_global_cluster',
      any(is('storage_encrypted', true), isSet('source_db_cluster_identifier')),
    ],
    [
      'AWS::RDS::DBInstance',
      any(
        is('StorageEncrypted', true),
        isSet('DBClusterIdentifier'),
        isSet('SourceDBInstanceIdentifier'),
      ),
    ],
    ['AWS::RDS::DBCluster', is('StorageEncrypted', true)],
  ),
  docdb: atRest(
    'documentdb',
    'DocumentDB clusters are',
    'Set storage_encrypted to true',
    [
      'aws_docdb_cluster aws_docdb_global_cluster',
      is('storage_encrypted', true),
    ],
    ['AWS::DocDB::DBCluster', is('StorageEncrypted', true)],
  ),
  neptune: atRest(
    'neptune',
    'Neptune clusters are',
    'Set storage_encrypted to true',
    ['aws_neptune_cluster', is('storage_encrypted', true)],
    ['AWS::Neptune::DBCluster', is('StorageEncrypted', true)],
  ),
  redshift: atRest(
    'redshift',
    'Redshift clusters are',
    'Set encrypted to true',
    ['aws_redshift_cluster', is('encrypted', true)],
    ['AWS::Redshift::Cluster', is('Encrypted', true)],
  ),
  dynamodb: atRest(
    'dynamodb',
    'DynamoDB tables are',
    'Set server_side_encryption.enabled to true',
    [
      'aws_dynamodb_table',
      any(
        not(isSet('server_side_encryption')),
        is('server_side_encryption.enabled', true),
      ),
    ],
    ['aws_dax_cluster', is('server_side_encryption.enabled', true)],
    ['AWS::DAX::Cluster', is('SSESpecification.SSEEnabled', true)],
  ),
  sam: atRest(
    'sam',
    'Tables of SAM are',
    'Set SSESpecification.SSEEnabled to true',
    ['AWS::Serverless::SimpleTable', is('SSESpecification.SSEEnabled', true)],
    [
      'AWS::Serverless::Api',
      is('MethodSettings.CacheDataEncrypted', true),
      is('MethodSettings.CachingEnabled', true),
    ],
  ),
  elasticache: atRest(
    'elasticache',
    'ElastiCache replication groups are',
    'Set at_rest_encryption_enabled to true',
    [
      'aws_elasticache_replication_group',
      is('at_rest_encryption_enabled', true),
    ],
    ['AWS::ElastiCache::ReplicationGroup', is('AtRestEncryptionEnabled', true)],
  ),
  efs: atRest(
    'efs',
    'EFS file systems are',
    'Set encrypted to true',
    ['aws_efs_file_system', is('encrypted', true)],
    ['AWS::EFS::FileSystem', is('Encrypted', true)],
  ),
  backup: atRest(
    'backup',
    'Backup vaults are',
    'Set kms_key_arn',
    ['aws_backup_vault', isSet('kms_key_arn')],
    ['AWS::Backup::BackupVault', isSet('EncryptionKeyArn')],
  ),
};
