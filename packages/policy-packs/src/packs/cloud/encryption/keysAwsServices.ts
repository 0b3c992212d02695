import { all, any, every, is, isSet, not } from '../../../rules/Condition';
import type { CloudEntry } from '../cloudRule';
import { own, withOwnKey } from './questions';

/** Other services of AWS, with keys of one's own. */
export const KEYS_AWS_SERVICES: Readonly<Record<string, CloudEntry>> = {
  sqs: withOwnKey(
    'sqs',
    'SQS queues are encrypted',
    ['aws_sqs_queue', own('kms_master_key_id')],
    ['AWS::SQS::Queue', own('KmsMasterKeyId')],
  ),
  sns: withOwnKey(
    'sns',
    'SNS topics are encrypted',
    ['aws_sns_topic', own('kms_master_key_id')],
    ['AWS::SNS::Topic', own('KmsMasterKeyId')],
  ),
  comprehend: withOwnKey('comprehend', 'Models of Comprehend are encrypted', [
    'aws_comprehend_entity_recognizer aws_comprehend_document_classifier',
    all(isSet('model_kms_key_id'), isSet('volume_kms_key_id')),
  ]),
  secretsmanager: withOwnKey(
    'secretsmanager',
    'Secrets are encrypted',
    ['aws_secretsmanager_secret', own('kms_key_id')],
    ['AWS::SecretsManager::Secret', own('KmsKeyId')],
  ),
  ssm: withOwnKey('ssm', 'Secure parameters are encrypted', [
    'aws_ssm_parameter',
    isSet('key_id'),
    is('type', 'SecureString'),
  ]),
  appflow: withOwnKey('appflow', 'Flows of AppFlow are encrypted', [
    'aws_appflow_flow aws_appflow_connector_profile',
    isSet('kms_arn'),
  ]),
  sagemaker: withOwnKey(
    'sagemaker',
    'Data of SageMaker is encrypted',
    [
      'aws_sagemaker_domain aws_sagemaker_notebook_instance',
      isSet('kms_key_id'),
    ],
    ['aws_sagemaker_endpoint_configuration', isSet('kms_key_arn')],
    [
      'aws_sagemaker_data_quality_job_definition',
      all(
        isSet('data_quality_job_output_config.kms_key_id'),
        isSet('job_resources.cluster_config.volume_kms_key_id'),
      ),
    ],
    [
      'aws_sagemaker_feature_group',
      isSet('online_store_config.security_config.kms_key_id'),
      isSet('online_store_config'),
    ],
    [
      'aws_sagemaker_flow_definition aws_sagemaker_human_task_ui',
      isSet('output_config.kms_key_id'),
      isSet('output_config'),
    ],
  ),
  networkfirewall: withOwnKey(
    'networkfirewall',
    'Network firewalls are encrypted',
    [
      'aws_networkfirewall_firewall aws_networkfirewall_firewall_policy aws_networkfirewall_rule_group',
      all(
        is('encryption_configuration.type', 'CUSTOMER_KMS'),
        isSet('encryption_configuration.key_id'),
      ),
    ],
  ),
  kinesis: withOwnKey(
    'kinesis firehose',
    'Streams are encrypted',
    ['aws_kinesis_video_stream aws_kinesis_stream', own('kms_key_id')],
    [
      'aws_kinesis_firehose_delivery_stream',
      all(
        is('server_side_encryption.key_type', 'CUSTOMER_MANAGED_CMK'),
        isSet('server_side_encryption.key_arn'),
      ),
    ],
  ),
  imagebuilder: withOwnKey(
    'imagebuilder',
    'Images that are built are encrypted',
    [
      'aws_imagebuilder_distribution_configuration',
      isSet('distribution.ami_distribution_configuration.kms_key_id'),
    ],
    ['aws_imagebuilder_component', isSet('kms_key_id')],
    [
      'aws_imagebuilder_image_recipe',
      every(
        'block_device_mapping',
        all(is('ebs.encrypted', true), isSet('ebs.kms_key_id')),
      ),
    ],
    ['aws_imagebuilder_container_recipe', isSet('kms_key_id')],
  ),
  ecs: withOwnKey('ecs', 'Sessions of ECS exec are encrypted', [
    'aws_ecs_cluster',
    all(
      isSet('configuration.execute_command_configuration.kms_key_id'),
      any(
        not(
          isSet(
            'configuration.execute_command_configuration.log_configuration',
          ),
        ),
        is(
          'configuration.execute_command_configuration.log_configuration.cloud_watch_encryption_enabled',
          true,
        ),
        is(
          'configuration.execute_command_configuration.log_configuration.s3_bucket_encryption_enabled',
          true,
        ),
      ),
    ),
    isSet('configuration.execute_command_configuration'),
  ]),
  codeartifact: withOwnKey(
    'codeartifact',
    'Domains of CodeArtifact are encrypted',
    ['aws_codeartifact_domain', isSet('encryption_key')],
  ),
  code: withOwnKey(
    'codebuild codepipeline codecommit',
    'Builds are encrypted',
    ['aws_codebuild_project', isSet('encryption_key')],
    ['aws_codepipeline', isSet('artifact_store.encryption_key.id')],
    ['aws_codecommit_repository', isSet('kms_key_id')],
  ),
  logs: withOwnKey('cloudwatch cloudtrail', 'Logs and trails are encrypted', [
    'aws_cloudwatch_log_group aws_cloudtrail aws_cloudtrail_event_data_store',
    isSet('kms_key_id'),
  ]),
  msk: withOwnKey(
    'msk mq',
    'Brokers are encrypted',
    [
      'aws_msk_cluster',
      isSet('encryption_info.encryption_at_rest_kms_key_arn'),
    ],
    [
      'aws_mq_broker',
      all(
        is('encryption_options.use_aws_owned_key', false),
        isSet('encryption_options.kms_key_id'),
      ),
    ],
  ),
};
