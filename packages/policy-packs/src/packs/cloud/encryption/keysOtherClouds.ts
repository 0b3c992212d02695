import { any, is, isSet, referredBy } from '../../../rules/Condition';
import type { CloudEntry } from '../cloudRule';
import { withOwnKey } from './questions';

/** Azure and Google Cloud, with keys of one's own. */
export const KEYS_OTHER_CLOUDS: Readonly<Record<string, CloudEntry>> = {
  'google-bigquery': withOwnKey(
    'google-bigquery',
    'BigQuery is encrypted',
    ['google_bigquery_table', isSet('encryption_configuration.kms_key_name')],
    [
      'google_bigquery_dataset',
      isSet('default_encryption_configuration.kms_key_name'),
    ],
  ),
  'google-bigtable': withOwnKey('google-bigtable', 'Bigtable is encrypted', [
    'google_bigtable_instance',
    isSet('cluster.kms_key_name'),
  ]),
  'google-pubsub': withOwnKey('google-pubsub', 'Topics are encrypted', [
    'google_pubsub_topic',
    isSet('kms_key_name'),
  ]),
  'google-storage': withOwnKey('google-storage', 'Buckets are encrypted', [
    'google_storage_bucket',
    isSet('encryption.default_kms_key_name'),
  ]),
  'google-dataproc': withOwnKey(
    'google-dataproc google-dataflow google-data',
    'Data processing is encrypted',
    [
      'google_dataproc_cluster',
      isSet('cluster_config.encryption_config.kms_key_name'),
    ],
    [
      'google_dataflow_job google_dataflow_flex_template_job',
      isSet('kms_key_name'),
    ],
    ['google_data_fusion_instance', isSet('crypto_key_config.key_reference')],
  ),
  'google-vertex': withOwnKey(
    'google-vertex',
    'Vertex AI is encrypted',
    [
      'google_vertex_ai_dataset google_vertex_ai_metadata_store google_vertex_ai_tensorboard google_vertex_ai_featurestore google_vertex_ai_index_endpoint google_vertex_ai_endpoint',
      any(isSet('encryption_spec.kms_key_name'), isSet('encryption_spec')),
    ],
    ['google_vertex_ai_featurestore', isSet('encryption_spec.kms_key_name')],
  ),
  'google-notebooks': withOwnKey(
    'google-notebooks google-workbench',
    'Notebooks are encrypted',
    [
      'google_notebooks_runtime',
      isSet('virtual_machine.virtual_machine_config.encryption_config.kms_key'),
    ],
    ['google_notebooks_instance', is('disk_encryption', 'CMEK')],
    ['google_workbench_instance', isSet('gce_setup.boot_disk.kms_key')],
  ),
  'google-document': withOwnKey(
    'google-document',
    'Document AI is encrypted',
    ['google_document_ai_processor', isSet('kms_key_name')],
    ['google_document_ai_warehouse_location', isSet('kms_key')],
  ),
  'google-compute': withOwnKey(
    'google-compute',
    'Disks are encrypted',
    [
      'google_compute_disk google_compute_region_disk',
      any(
        isSet('disk_encryption_key.raw_key'),
        isSet('disk_encryption_key.kms_key_self_link'),
      ),
    ],
    [
      'google_compute_instance',
      any(
        isSet('boot_disk.disk_encryption_key_raw'),
        isSet('boot_disk.kms_key_self_link'),
      ),
    ],
  ),
  'google-other': withOwnKey(
    'google-spanner google-sql google-artifact google-redis google-filestore google-dialogflow google-composer google-container google-cloudfunctions google-logging google-secret google-alloydb',
    'Data of the service is encrypted',
    [
      'google_spanner_database',
      any(
        isSet('encryption_config.kms_key_name'),
        isSet('encryption_config.kms_key_names'),
      ),
    ],
    ['google_artifact_registry_repository', isSet('kms_key_name')],
    ['google_redis_instance', isSet('customer_managed_key')],
    ['google_filestore_instance', isSet('kms_key_name')],
    [
      'google_composer_environment',
      isSet('config.encryption_config.kms_key_name'),
    ],
    ['google_container_cluster', is('database_encryption.state', 'ENCRYPTED')],
    [
      'google_cloudfunctions_function google_cloudfunctions2_function',
      isSet('kms_key_name'),
    ],
    ['google_sql_database_instance', isSet('encryption_key_name')],
    ['google_alloydb_cluster', isSet('encryption_config.kms_key_name')],
  ),
  'azure-cosmosdb': withOwnKey(
    'azure-cosmosdb',
    'Cosmos DB accounts are encrypted',
    ['azurerm_cosmosdb_account', isSet('key_vault_key_id')],
  ),
  'azure-servicebus': withOwnKey(
    'azure-servicebus azure-eventhub',
    'Buses are encrypted',
    ['azurerm_servicebus_namespace', isSet('customer_managed_key')],
    [
      'azurerm_eventhub_namespace',
      referredBy(
        ['azurerm_eventhub_namespace_customer_managed_key'],
        'eventhub_namespace_id',
      ),
    ],
  ),
  'azure-storage': withOwnKey(
    'azure-storage',
    'Storage accounts are encrypted',
    [
      'azurerm_storage_account',
      any(
        isSet('customer_managed_key.key_vault_key_id'),
        isSet('customer_managed_key'),
        referredBy(
          ['azurerm_storage_account_customer_managed_key'],
          'storage_account_id',
        ),
      ),
    ],
  ),
  'azure-disk': withOwnKey(
    'azure-managed azure-compute',
    'Managed disks are encrypted',
    ['azurerm_managed_disk', isSet('disk_encryption_set_id')],
  ),
  'azure-data-factory': withOwnKey(
    'azure-data azure-databricks',
    'Data platforms are encrypted',
    ['azurerm_data_factory', isSet('customer_managed_key_id')],
    [
      'azurerm_databricks_workspace',
      any(
        is('customer_managed_key_enabled', true),
        is('infrastructure_encryption_enabled', true),
      ),
    ],
  ),
  'azure-container': withOwnKey(
    'azure-container',
    'Registries and containers are encrypted',
    ['azurerm_container_registry', isSet('encryption')],
    ['azurerm_container_group', isSet('key_vault_key_id')],
  ),
  'azure-sql': withOwnKey(
    'azure-mssql azure-sql azure-mysql azure-postgresql',
    'Databases are encrypted',
    [
      'azurerm_mssql_server',
      referredBy(
        ['azurerm_mssql_server_transparent_data_encryption'],
        'server_id',
        isSet('key_vault_key_id'),
      ),
    ],
    [
      'azurerm_mysql_server',
      referredBy(['azurerm_mysql_server_key'], 'server_id'),
    ],
    [
      'azurerm_postgresql_server',
      referredBy(['azurerm_postgresql_server_key'], 'server_id'),
    ],
    [
      'azurerm_mysql_flexible_server azurerm_postgresql_flexible_server',
      isSet('customer_managed_key.key_vault_key_id'),
    ],
  ),
  'azure-other': withOwnKey(
    'azure-cognitive azure-synapse azure-kusto azure-batch azure-app azure-automation azure-hpc azure-machine azure-search azure-log azure-healthcare azure-recovery',
    'Data of the service is encrypted',
    [
      'azurerm_cognitive_account',
      any(
        isSet('customer_managed_key'),
        referredBy(
          ['azurerm_cognitive_account_customer_managed_key'],
          'cognitive_account_id',
        ),
      ),
    ],
    ['azurerm_synapse_workspace', isSet('customer_managed_key')],
    [
      'azurerm_kusto_cluster',
      referredBy(['azurerm_kusto_cluster_customer_managed_key'], 'cluster_id'),
    ],
    [
      'azurerm_batch_account',
      any(isSet('encryption'), isSet('key_vault_reference')),
    ],
    ['azurerm_app_configuration', isSet('encryption')],
    ['azurerm_automation_account', isSet('encryption')],
    ['azurerm_machine_learning_workspace', isSet('encryption')],
    ['azurerm_recovery_services_vault', isSet('encryption')],
  ),
};
