import {
  all,
  any,
  is,
  isOrUnset,
  isSet,
  not,
  some,
} from '../../../rules/Condition';
import type { CloudEntry } from '../cloudRule';
import { atRest } from './questions';

/** Azure and other clouds, encrypted at rest. */
export const AT_REST_OTHER_CLOUDS: Readonly<Record<string, CloudEntry>> = {
  'azure-storage': atRest(
    'azure-storage',
    'Storage accounts are, twice,',
    'Set infrastructure_encryption_enabled to true',
    ['azurerm_storage_account', is('infrastructure_encryption_enabled', true)],
    [
      'azurerm_storage_encryption_scope',
      is('infrastructure_encryption_required', true),
    ],
  ),
  'azure-aks': atRest(
    'azure-container azure-kubernetes',
    'Disks of AKS are',
    'Set disk_encryption_set_id',
    ['azurerm_kubernetes_cluster', isSet('disk_encryption_set_id')],
  ),
  'azure-datalake': atRest(
    'azure-datalake azure-data',
    'Data lakes are',
    'Set encryption_state to Enabled',
    ['azurerm_data_lake_store', isOrUnset('encryption_state', 'Enabled')],
  ),
  'azure-synapse': atRest(
    'azure-synapse',
    'SQL pools of Synapse are',
    'Set data_encrypted to true',
    ['azurerm_synapse_sql_pool', is('data_encrypted', true)],
  ),
  'azure-disk': atRest(
    'azure-managed azure-compute',
    'Managed disks are',
    'Set disk_encryption_set_id',
    [
      'azurerm_managed_disk',
      all(
        any(isSet('disk_encryption_set_id'), isSet('encryption_settings')),
        not(is('encryption_settings.enabled', false)),
      ),
    ],
  ),
  'azure-vm': atRest(
    'azure-linux azure-windows azure-compute azure-virtual',
    'Disks of virtual machines are',
    'Set encryption_at_host_enabled to true',
    [
      'azurerm_linux_virtual_machine azurerm_windows_virtual_machine azurerm_linux_virtual_machine_scale_set azurerm_windows_virtual_machine_scale_set',
      any(
        is('encryption_at_host_enabled', true),
        isSet('os_disk.disk_encryption_set_id'),
      ),
    ],
    [
      'azurerm_kubernetes_cluster',
      any(
        is('default_node_pool.enable_host_encryption', true),
        is('default_node_pool.host_encryption_enabled', true),
      ),
    ],
    [
      'azurerm_kubernetes_cluster_node_pool',
      any(
        is('enable_host_encryption', true),
        is('host_encryption_enabled', true),
      ),
    ],
  ),
  'azure-database': atRest(
    'azure-mysql azure-postgresql azure-database azure-mssql',
    'Databases are, twice,',
    'Set infrastructure_encryption_enabled to true',
    [
      'azurerm_mysql_server azurerm_postgresql_server',
      is('infrastructure_encryption_enabled', true),
    ],
    [
      'azurerm_mssql_database',
      isOrUnset('transparent_data_encryption_enabled', true),
    ],
  ),
  'azure-kusto': atRest(
    'azure-kusto',
    'Data Explorer clusters are',
    'Set disk_encryption_enabled and double_encryption_enabled to true',
    [
      'azurerm_kusto_cluster',
      all(
        any(
          is('enable_disk_encryption', true),
          is('disk_encryption_enabled', true),
        ),
        any(
          is('enable_double_encryption', true),
          is('double_encryption_enabled', true),
        ),
      ),
    ],
  ),
  'azure-automation': atRest(
    'azure-automation',
    'Variables of automation accounts are',
    'Set encrypted to true',
    [
      'azurerm_automation_variable_bool azurerm_automation_variable_string azurerm_automation_variable_int azurerm_automation_variable_datetime',
      is('encrypted', true),
    ],
  ),
  'azure-service-fabric': atRest(
    'azure-service',
    'Traffic of Service Fabric is',
    'Set ClusterProtectionLevel to EncryptAndSign',
    [
      'azurerm_service_fabric_cluster',
      some(
        'fabric_settings',
        is('parameters.ClusterProtectionLevel', 'EncryptAndSign'),
      ),
    ],
  ),
  'azure-service-bus': atRest(
    'azure-servicebus',
    'Service buses are, twice,',
    'Set customer_managed_key.infrastructure_encryption_enabled to true',
    [
      'azurerm_servicebus_namespace',
      is('customer_managed_key.infrastructure_encryption_enabled', true),
    ],
  ),
  linode: atRest('linode', 'Volumes are', 'Set encryption to enabled', [
    'linode_volume',
    is('encryption', 'enabled'),
  ]),
  alicloud: atRest(
    'alicloud alicloud-disk alicloud-oss alicloud-rds alicloud-db',
    'Storage of Alibaba Cloud is',
    'Set encrypted to true',
    ['alicloud_disk', any(is('encrypted', true), isSet('snapshot_id'))],
    ['alicloud_oss_bucket', isSet('server_side_encryption_rule')],
    ['alicloud_db_instance', any(isSet('tde_status'), isSet('encryption_key'))],
    [
      'alicloud_launch_template',
      is('data_disks.encrypted', true),
      isSet('data_disks'),
    ],
  ),
  oci: atRest(
    'oci oci-core oci-objectstorage',
    'Volumes of Oracle Cloud are',
    'Set kms_key_id',
    [
      'oci_core_volume oci_core_boot_volume oci_file_storage_file_system oci_objectstorage_bucket',
      isSet('kms_key_id'),
    ],
    [
      'oci_core_instance',
      is('launch_options.is_pv_encryption_in_transit_enabled', true),
    ],
  ),
  yandex: atRest(
    'yandex',
    'Buckets of Yandex Cloud are',
    'Set server_side_encryption_configuration',
    ['yandex_storage_bucket', isSet('server_side_encryption_configuration')],
  ),
};
