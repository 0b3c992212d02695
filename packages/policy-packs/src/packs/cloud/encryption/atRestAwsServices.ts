import {
  all,
  any,
  every,
  is,
  isSet,
  matches,
  not,
  referredBy,
  some,
} from '../../../rules/Condition';
import type { CloudEntry } from '../cloudRule';
import { atRest, inJson } from './questions';

/** Other services of AWS, encrypted at rest. */
export const AT_REST_AWS_SERVICES: Readonly<Record<string, CloudEntry>> = {
  sqs: atRest(
    'sqs',
    'SQS queues are',
    'Set sqs_managed_sse_enabled to true or kms_master_key_id to a key',
    [
      'aws_sqs_queue',
      any(is('sqs_managed_sse_enabled', true), isSet('kms_master_key_id')),
    ],
    [
      'AWS::SQS::Queue',
      any(is('SqsManagedSseEnabled', true), isSet('KmsMasterKeyId')),
    ],
  ),
  sns: atRest(
    'sns',
    'SNS topics are',
    'Set kms_master_key_id',
    ['aws_sns_topic', isSet('kms_master_key_id')],
    ['AWS::SNS::Topic', isSet('KmsMasterKeyId')],
  ),
  kinesis: atRest(
    'kinesis firehose',
    'Kinesis streams are',
    'Set encryption_type to KMS, or server_side_encryption.enabled to true',
    ['aws_kinesis_stream', is('encryption_type', 'KMS')],
    [
      'aws_kinesis_firehose_delivery_stream',
      any(
        is('server_side_encryption.enabled', true),
        isSet('kinesis_source_configuration'),
      ),
    ],
    ['AWS::Kinesis::Stream', isSet('StreamEncryption')],
  ),
  msk: atRest(
    'msk',
    'MSK clusters are',
    'Set encryption_info.encryption_at_rest_kms_key_arn',
    ['aws_msk_cluster', isSet('encryption_info')],
    ['AWS::MSK::Cluster', isSet('EncryptionInfo.EncryptionAtRest')],
  ),
  elasticsearch: atRest(
    'elasticsearch',
    'OpenSearch domains are',
    'Set encrypt_at_rest.enabled to true',
    [
      'aws_elasticsearch_domain aws_opensearch_domain',
      is('encrypt_at_rest.enabled', true),
    ],
    [
      'AWS::Elasticsearch::Domain AWS::OpenSearchService::Domain',
      is('EncryptionAtRestOptions.Enabled', true),
    ],
  ),
  athena: atRest(
    'athena',
    'Results of Athena are',
    'Set encryption_configuration',
    ['aws_athena_database', isSet('encryption_configuration')],
    [
      'aws_athena_workgroup',
      all(
        isSet('configuration.result_configuration.encryption_configuration'),
        not(is('configuration.enforce_workgroup_configuration', false)),
      ),
    ],
    [
      'AWS::Athena::WorkGroup',
      all(
        isSet(
          'WorkGroupConfiguration.ResultConfiguration.EncryptionConfiguration',
        ),
        not(is('WorkGroupConfiguration.EnforceWorkGroupConfiguration', false)),
      ),
    ],
  ),
  glue: atRest(
    'glue',
    'Data of Glue is',
    'Set every mode to encrypt',
    [
      'aws_glue_data_catalog_encryption_settings',
      all(
        is(
          'data_catalog_encryption_settings.connection_password_encryption.return_connection_password_encrypted',
          true,
        ),
        is(
          'data_catalog_encryption_settings.encryption_at_rest.catalog_encryption_mode',
          'SSE-KMS',
          'SSE-KMS-WITH-SERVICE-ROLE',
        ),
      ),
    ],
    [
      'aws_glue_security_configuration',
      all(
        matches(
          'encryption_configuration.cloudwatch_encryption.cloudwatch_encryption_mode',
          /KMS/,
        ),
        matches(
          'encryption_configuration.job_bookmarks_encryption.job_bookmarks_encryption_mode',
          /KMS/,
        ),
        matches(
          'encryption_configuration.s3_encryption.s3_encryption_mode',
          /KMS|S3/,
        ),
      ),
    ],
    [
      'aws_glue_crawler aws_glue_dev_endpoint aws_glue_job',
      isSet('security_configuration'),
    ],
  ),
  workspaces: atRest(
    'workspaces',
    'Volumes of WorkSpaces are',
    'Set root_volume_encryption_enabled and user_volume_encryption_enabled to true',
    [
      'aws_workspaces_workspace',
      all(
        is('root_volume_encryption_enabled', true),
        is('user_volume_encryption_enabled', true),
      ),
    ],
    [
      'AWS::WorkSpaces::Workspace',
      all(
        is('RootVolumeEncryptionEnabled', true),
        is('UserVolumeEncryptionEnabled', true),
      ),
    ],
  ),
  codebuild: atRest(
    'codebuild',
    'Artifacts of CodeBuild are',
    'Remove encryption_disabled',
    [
      'aws_codebuild_project',
      all(
        not(is('artifacts.encryption_disabled', true)),
        not(some('secondary_artifacts', is('encryption_disabled', true))),
        not(is('logs_config.s3_logs.encryption_disabled', true)),
      ),
    ],
    ['AWS::CodeBuild::Project', not(is('Artifacts.EncryptionDisabled', true))],
  ),
  lambda: atRest(
    'lambda',
    'Variables of Lambda functions are',
    'Set kms_key_arn',
    ['aws_lambda_function', isSet('kms_key_arn'), isSet('environment')],
    [
      'AWS::Lambda::Function AWS::Serverless::Function',
      isSet('KmsKeyArn'),
      isSet('Environment'),
    ],
  ),
  apigateway: atRest(
    'apigateway',
    'Caches of API Gateway are',
    'Set settings.cache_data_encrypted to true',
    [
      'aws_api_gateway_method_settings',
      is('settings.cache_data_encrypted', true),
      not(is('settings.caching_enabled', false)),
    ],
    [
      'aws_api_gateway_stage',
      referredBy(['aws_api_gateway_method_settings'], 'stage_name'),
      is('cache_cluster_enabled', true),
    ],
  ),
  dlm: atRest(
    'dlm',
    'Snapshots of lifecycle policies are',
    'Set encrypted to true',
    [
      'aws_dlm_lifecycle_policy',
      all(
        every(
          'policy_details.schedule.cross_region_copy_rule',
          is('encrypted', true),
        ),
        every(
          'policy_details.action.cross_region_copy',
          is('encryption_configuration.encrypted', true),
        ),
      ),
    ],
  ),
  emr: atRest(
    'emr',
    'Data of EMR is',
    'Set EnableAtRestEncryption and EnableLocalDiskEncryption to true',
    [
      'aws_emr_security_configuration',
      all(
        inJson(
          'configuration',
          /"EnableAtRestEncryption"\s*:\s*(?:true|"true")/,
        ),
        not(
          inJson(
            'configuration',
            /"LocalDiskEncryptionConfiguration"\s*:\s*(?:null|""|\{\s*\})/,
          ),
        ),
        inJson(
          'configuration',
          /"LocalDiskEncryptionConfiguration"|"EnableEbsEncryption"\s*:\s*true/,
        ),
      ),
    ],
  ),
  sagemaker: atRest(
    'sagemaker',
    'Data of SageMaker is',
    'Set kms_key_id',
    ['aws_sagemaker_notebook_instance', isSet('kms_key_id')],
    ['aws_sagemaker_endpoint_configuration', isSet('kms_key_arn')],
    ['aws_sagemaker_domain', isSet('kms_key_id')],
  ),
  ecr: atRest(
    'ecr',
    'Image repositories are',
    'Set encryption_configuration.encryption_type to KMS',
    [
      'aws_ecr_repository',
      is('encryption_configuration.encryption_type', 'KMS', 'KMS_DSSE'),
    ],
    [
      'AWS::ECR::Repository',
      is('EncryptionConfiguration.EncryptionType', 'KMS'),
    ],
  ),
  'cloudwatch-logs': atRest(
    'cloudwatch',
    'Log groups are',
    'Set kms_key_id',
    ['aws_cloudwatch_log_group', isSet('kms_key_id')],
    ['AWS::Logs::LogGroup', isSet('KmsKeyId')],
  ),
  cloudtrail: atRest(
    'cloudtrail',
    'Trails are',
    'Set kms_key_id',
    ['aws_cloudtrail', isSet('kms_key_id')],
    ['AWS::CloudTrail::Trail', isSet('KMSKeyId')],
  ),
  eks: atRest(
    'eks',
    'Secrets of EKS are',
    'Set encryption_config with the resource secrets',
    ['aws_eks_cluster', is('encryption_config.resources', 'secrets')],
    ['AWS::EKS::Cluster', is('EncryptionConfig.Resources', 'secrets')],
  ),
  ecs: atRest(
    'ecs',
    'Storage of ECS exec is',
    'Set s3_bucket_encryption_enabled or cloud_watch_encryption_enabled to true',
    [
      'aws_ecs_cluster',
      any(
        is(
          'configuration.execute_command_configuration.log_configuration.s3_bucket_encryption_enabled',
          true,
        ),
        is(
          'configuration.execute_command_configuration.log_configuration.cloud_watch_encryption_enabled',
          true,
        ),
      ),
      isSet('configuration.execute_command_configuration.log_configuration'),
    ],
  ),
};
