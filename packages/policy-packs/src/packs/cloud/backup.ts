import {
  any,
  between,
  is,
  isSet,
  not,
  referredBy,
} from '../../rules/Condition';
import type { PolicyRule } from '../../rules/PolicyRule';
import { cloudRules } from './cloudRule';

/** Rules that ask for backups. */
export const BACKUP_RULES: readonly PolicyRule[] = cloudRules(
  'backup',
  'backup-',
  {
    rds: {
      topics: ['rds'],
      title: 'Databases keep backups for more than a day',
      remedy: 'Set backup_retention_period to 7 or more',
      rows: [
        [
          'aws_db_instance',
          any(
            between('backup_retention_period', 2),
            isSet('replicate_source_db'),
            isSet('snapshot_identifier'),
          ),
        ],
        ['aws_rds_cluster', between('backup_retention_period', 2)],
        [
          'AWS::RDS::DBInstance',
          any(
            between('BackupRetentionPeriod', 2),
            isSet('SourceDBInstanceIdentifier'),
            isSet('DBClusterIdentifier'),
          ),
        ],
        ['AWS::RDS::DBCluster', between('BackupRetentionPeriod', 2)],
      ],
    },
    documentdb: {
      topics: ['documentdb'],
      title: 'DocumentDB keeps backups for a week',
      remedy: 'Set backup_retention_period to 7 or more',
      rows: [['aws_docdb_cluster', between('backup_retention_period', 7)]],
    },
    neptune: {
      topics: ['neptune'],
      title: 'Neptune keeps backups for a week',
      remedy: 'Set backup_retention_period to 7 or more',
      rows: [['aws_neptune_cluster', between('backup_retention_period', 7)]],
    },
    redshift: {
      topics: ['redshift'],
      title: 'Redshift makes snapshots',
      remedy: 'Leave automated_snapshot_retention_period above 0',
      rows: [
        [
          'aws_redshift_cluster',
          any(
            not(isSet('automated_snapshot_retention_period')),
            between('automated_snapshot_retention_period', 1),
          ),
        ],
        [
          'AWS::Redshift::Cluster',
          any(
            not(isSet('AutomatedSnapshotRetentionPeriod')),
            between('AutomatedSnapshotRetentionPeriod', 1),
          ),
        ],
      ],
    },
    dynamodb: {
      topics: ['dynamodb'],
      title: 'Tables can be brought back to any point in time',
      remedy: 'Set point_in_time_recovery.enabled to true',
      rows: [
        ['aws_dynamodb_table', is('point_in_time_recovery.enabled', true)],
        ['aws_dynamodb_table_replica', is('point_in_time_recovery', true)],
        [
          'AWS::DynamoDB::Table',
          is(
            'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled',
            true,
          ),
        ],
        ['aws_keyspaces_table', is('point_in_time_recovery.status', 'ENABLED')],
      ],
    },
    efs: {
      topics: ['efs'],
      title: 'File systems are backed up',
      remedy:
        'Name the file system in an aws_backup_selection, or add aws_efs_backup_policy',
      rows: [
        [
          'aws_efs_file_system',
          any(
            referredBy(['aws_backup_selection'], 'resources'),
            referredBy(
              ['aws_efs_backup_policy'],
              'file_system_id',
              is('backup_policy.status', 'ENABLED'),
            ),
          ),
        ],
        ['AWS::EFS::FileSystem', is('BackupPolicy.Status', 'ENABLED')],
      ],
    },
    elasticache: {
      topics: ['elasticache', 'memorydb'],
      title: 'Caches make snapshots',
      remedy: 'Set snapshot_retention_limit to 1 or more',
      rows: [
        [
          'aws_elasticache_cluster',
          between('snapshot_retention_limit', 1),
          is('engine', 'redis'),
        ],
        [
          'aws_elasticache_replication_group aws_memorydb_cluster',
          between('snapshot_retention_limit', 1),
        ],
        [
          'AWS::ElastiCache::ReplicationGroup',
          between('SnapshotRetentionLimit', 1),
        ],
        [
          'AWS::ElastiCache::CacheCluster',
          between('SnapshotRetentionLimit', 1),
          is('Engine', 'redis'),
        ],
      ],
    },
    fsx: {
      topics: ['fsx'],
      title: 'FSx makes backups',
      remedy: 'Set automatic_backup_retention_days to 7 or more',
      rows: [
        [
          'aws_fsx_windows_file_system aws_fsx_openzfs_file_system aws_fsx_ontap_file_system',
          not(is('automatic_backup_retention_days', 0)),
        ],
      ],
    },
    'azure-compute': {
      topics: ['azure-compute'],
      title: 'Virtual machines are backed up',
      remedy: 'Add azurerm_backup_protected_vm for the machine',
      rows: [
        [
          'azurerm_virtual_machine azurerm_linux_virtual_machine azurerm_windows_virtual_machine',
          referredBy(['azurerm_backup_protected_vm'], 'source_vm_id'),
        ],
      ],
    },
    'azure-database': {
      topics: [
        'azure-database',
        'azure-postgresql',
        'azure-mysql',
        'azure-mariadb',
        'azure-mssql',
      ],
      title: 'Databases of Azure keep backups elsewhere',
      remedy: 'Set geo_redundant_backup_enabled to true',
      rows: [
        [
          'azurerm_postgresql_server azurerm_mysql_server azurerm_mariadb_server azurerm_postgresql_flexible_server azurerm_mysql_flexible_server',
          is('geo_redundant_backup_enabled', true),
        ],
      ],
    },
    'azure-key-vault': {
      topics: ['azure-key', 'azure-keyvault'],
      title: 'Key vaults cannot be purged',
      remedy: 'Set purge_protection_enabled to true',
      rows: [['azurerm_key_vault', is('purge_protection_enabled', true)]],
    },
    'google-sql': {
      topics: ['google-sql'],
      title: 'Cloud SQL makes backups',
      remedy: 'Set settings.backup_configuration.enabled to true',
      rows: [
        [
          'google_sql_database_instance',
          any(
            is('settings.backup_configuration.enabled', true),
            isSet('master_instance_name'),
          ),
        ],
      ],
    },
    nifcloud: {
      topics: ['nifcloud-rdb', 'nifcloud'],
      title: 'Databases of NIFCLOUD keep backups for more than a day',
      remedy: 'Set backup_retention_period to 2 or more',
      rows: [['nifcloud_db_instance', between('backup_retention_period', 2)]],
    },
    linode: {
      topics: ['linode'],
      title: 'Machines are backed up',
      remedy: 'Set backups to true',
      rows: [['linode_instance', is('backups_enabled', true)]],
    },
  },
);
