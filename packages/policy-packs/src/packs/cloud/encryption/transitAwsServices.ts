import {
  all,
  any,
  every,
  is,
  isOrUnset,
  isSet,
  matches,
  not,
  refersTo,
  some,
} from '../../../rules/Condition';
import type { CloudEntry } from '../cloudRule';
import { FORCED, OFF, inJson, inTransit, parameter } from './questions';

/** Other services of AWS, encrypted in transit. */
export const TRANSIT_AWS_SERVICES: Readonly<Record<string, CloudEntry>> = {
  elasticache: inTransit(
    'elasticache',
    'Caches use TLS, and ask who calls',
    'Set transit_encryption_enabled to true and auth_token',
    [
      'aws_elasticache_replication_group',
      all(
        is('transit_encryption_enabled', true),
        any(isSet('auth_token'), isSet('user_group_ids')),
      ),
    ],
    [
      'AWS::ElastiCache::ReplicationGroup',
      all(
        is('TransitEncryptionEnabled', true),
        any(isSet('AuthToken'), isSet('UserGroupIds')),
      ),
    ],
  ),
  memorydb: inTransit(
    'memorydb',
    'MemoryDB uses TLS',
    'Leave tls_enabled at true',
    ['aws_memorydb_cluster', isOrUnset('tls_enabled', true)],
  ),
  dynamodb: inTransit(
    'dynamodb',
    'DAX uses TLS',
    'Set cluster_endpoint_encryption_type to TLS',
    ['aws_dax_cluster', is('cluster_endpoint_encryption_type', 'TLS')],
    ['AWS::DAX::Cluster', is('ClusterEndpointEncryptionType', 'TLS')],
  ),
  msk: inTransit(
    'msk',
    'MSK uses TLS',
    'Set encryption_in_transit.client_broker to TLS',
    [
      'aws_msk_cluster',
      all(
        isOrUnset('encryption_info.encryption_in_transit.client_broker', 'TLS'),
        isOrUnset('encryption_info.encryption_in_transit.in_cluster', true),
      ),
    ],
  ),
  redshift: inTransit(
    'redshift',
    'Redshift asks for TLS',
    'Set the parameter require_ssl to true',
    ['aws_redshift_parameter_group', parameter('require_ssl', /^(?:true|1)$/i)],
  ),
  documentdb: inTransit(
    'documentdb',
    'DocumentDB asks for TLS',
    'Leave the parameter tls enabled',
    ['aws_docdb_cluster_parameter_group', not(parameter('tls', /^disabled$/))],
  ),
  rds: inTransit(
    'rds',
    'Databases ask for TLS',
    'Set rds.force_ssl, require_secure_transport or db2comm in the parameter group',
    [
      'aws_db_instance',
      refersTo(['aws_db_parameter_group'], 'parameter_group_name', FORCED),
      refersTo(
        ['aws_db_parameter_group'],
        'parameter_group_name',
        matches('family', /^(?:postgres|sqlserver|mysql|mariadb|\d*db2)/),
      ),
    ],
    [
      'aws_rds_cluster',
      refersTo(
        ['aws_rds_cluster_parameter_group'],
        'db_cluster_parameter_group_name',
        FORCED,
      ),
      refersTo(
        ['aws_rds_cluster_parameter_group'],
        'db_cluster_parameter_group_name',
        matches('family', /postgres|mysql/),
      ),
    ],
    ['aws_db_parameter_group aws_rds_cluster_parameter_group', not(OFF)],
  ),
  'rds-fdw': inTransit(
    'rds',
    'PostgreSQL is of a version without known holes',
    'Take a newer engine_version',
    [
      'aws_db_instance',
      not(
        matches(
          'engine_version',
          /^(?:13\.[12]|12\.[2-6]|11\.(?:[1-9]|1[01])|10\.(?:[1-9]|1[0-6])|9\.6\.(?:[1-9]|1\d|2[01]))$/,
        ),
      ),
      is('engine', 'postgres'),
    ],
    [
      'aws_rds_cluster',
      not(matches('engine_version', /^(?:11\.[678]|10\.1[123])$/)),
      is('engine', 'aurora-postgresql'),
    ],
  ),
  emr: inTransit(
    'emr',
    'EMR encrypts its traffic',
    'Set EnableInTransitEncryption to true',
    [
      'aws_emr_security_configuration',
      inJson(
        'configuration',
        /"EnableInTransitEncryption"\s*:\s*(?:true|"true")/,
      ),
    ],
  ),
  ecs: inTransit(
    'ecs efs',
    'Tasks reach file systems through TLS',
    'Set transit_encryption to ENABLED',
    [
      'aws_ecs_task_definition',
      every(
        'volume',
        any(
          not(isSet('efs_volume_configuration')),
          is('efs_volume_configuration.transit_encryption', 'ENABLED'),
        ),
      ),
    ],
    [
      'AWS::ECS::TaskDefinition',
      every(
        'Volumes',
        any(
          not(isSet('EFSVolumeConfiguration')),
          is('EFSVolumeConfiguration.TransitEncryption', 'ENABLED'),
        ),
      ),
    ],
  ),
  transfer: inTransit(
    'transfer dms',
    'Files and data are not moved in the clear',
    'Use SFTP, FTPS, or ssl_mode',
    [
      'aws_transfer_server',
      not(some('protocols', is('', 'FTP'))),
      isSet('protocols'),
    ],
    [
      'aws_dms_endpoint',
      is('ssl_mode', 'require', 'verify-ca', 'verify-full'),
      not(
        is(
          'engine_name',
          's3',
          'dynamodb',
          'kinesis',
          'kafka',
          'elasticsearch',
          'opensearch',
          'redshift',
          'neptune',
        ),
      ),
    ],
  ),
};
