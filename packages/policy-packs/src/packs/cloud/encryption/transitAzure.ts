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
} from '../../../rules/Condition';
import type { CloudEntry } from '../cloudRule';
import {
  FUNCTION_APPS,
  WEB_APPS,
  inTransit,
  noWebTls,
  tls12,
  webTls,
} from './questions';

/** Azure, encrypted in transit. */
export const TRANSIT_AZURE: Readonly<Record<string, CloudEntry>> = {
  'azure-web-https': inTransit(
    'azure-app azure-appservice azure-function azure-compute',
    'Web apps redirect to HTTPS',
    'Set https_only to true',
    [`${WEB_APPS} ${FUNCTION_APPS}`, is('https_only', true)],
  ),
  'azure-web-tls': inTransit(
    'azure-app azure-appservice azure-function azure-compute',
    'Web apps use TLS 1.2 or newer',
    'Set site_config.minimum_tls_version to 1.2',
    [`${WEB_APPS} ${FUNCTION_APPS}`, any(webTls, noWebTls)],
  ),
  'azure-web-http2': inTransit(
    'azure-app azure-compute',
    'Web apps speak HTTP/2',
    'Set site_config.http2_enabled to true',
    [WEB_APPS, is('site_config.http2_enabled', true)],
  ),
  'azure-web-ftps': inTransit(
    'azure-app azure-appservice azure-function',
    'Web apps take files by FTPS only',
    'Set site_config.ftps_state to FtpsOnly or Disabled',
    [
      `${WEB_APPS} ${FUNCTION_APPS}`,
      not(is('site_config.ftps_state', 'AllAllowed')),
    ],
    // The older types allow everything where nothing is said.
    [
      'azurerm_app_service azurerm_app_service_slot azurerm_function_app azurerm_function_app_slot',
      isSet('site_config.ftps_state'),
    ],
  ),
  'azure-storage': inTransit(
    'azure-storage',
    'Storage is reached by HTTPS with TLS 1.2',
    'Set https_traffic_only_enabled to true and min_tls_version to TLS1_2',
    [
      'azurerm_storage_account',
      all(
        isOrUnset('https_traffic_only_enabled', true),
        isOrUnset('enable_https_traffic_only', true),
      ),
    ],
    [
      'azurerm_storage_account',
      any(not(isSet('min_tls_version')), tls12('min_tls_version')),
    ],
  ),
  'azure-database': inTransit(
    'azure-database azure-mysql azure-postgresql azure-mariadb azure-mssql azure-sql',
    'Databases ask for TLS 1.2',
    'Set ssl_enforcement_enabled to true and ssl_minimal_tls_version_enforced to TLS1_2',
    [
      'azurerm_mysql_server azurerm_postgresql_server azurerm_mariadb_server',
      is('ssl_enforcement_enabled', true),
    ],
    [
      'azurerm_mysql_server azurerm_postgresql_server azurerm_mariadb_server',
      any(
        not(isSet('ssl_minimal_tls_version_enforced')),
        tls12('ssl_minimal_tls_version_enforced'),
      ),
    ],
    [
      'azurerm_mssql_server azurerm_sql_server azurerm_mssql_managed_instance',
      any(not(isSet('minimum_tls_version')), tls12('minimum_tls_version')),
    ],
    [
      'azurerm_postgresql_flexible_server_configuration azurerm_mysql_flexible_server_configuration',
      not(is('value', 'off', 'OFF')),
      is('name', 'require_secure_transport'),
    ],
  ),
  'azure-redis': inTransit(
    'azure-redis',
    'Caches use TLS 1.2 only',
    'Set enable_non_ssl_port to false and minimum_tls_version to 1.2',
    [
      'azurerm_redis_cache',
      all(
        isOrUnset('enable_non_ssl_port', false),
        isOrUnset('non_ssl_port_enabled', false),
      ),
    ],
    ['azurerm_redis_cache', tls12('minimum_tls_version')],
  ),
  'azure-messaging': inTransit(
    'azure-servicebus azure-eventhub azure-eventgrid',
    'Buses use TLS 1.2',
    'Set minimum_tls_version to 1.2',
    [
      'azurerm_servicebus_namespace azurerm_eventhub_namespace',
      any(not(isSet('minimum_tls_version')), tls12('minimum_tls_version')),
    ],
  ),
  'azure-spring': inTransit(
    'azure-spring',
    'Spring Cloud uses TLS',
    'Set tls_enabled and https_only_enabled to true',
    [
      'azurerm_spring_cloud_app',
      is('tls_enabled', true),
      not(
        refersTo(
          ['azurerm_spring_cloud_service'],
          'service_name',
          matches('sku_tier', /^basic$/i),
        ),
      ),
    ],
    ['azurerm_spring_cloud_api_portal', is('https_only_enabled', true)],
    ['azurerm_spring_cloud_app', isOrUnset('https_only', true)],
  ),
  'azure-edge': inTransit(
    'azure-cdn azure-frontdoor azure-application azure-api azure-network',
    'Gateways use TLS 1.2',
    'Take HTTP away, and set the least version to TLS 1.2',
    ['azurerm_cdn_endpoint', is('is_http_allowed', false)],
    ['azurerm_cdn_endpoint', isOrUnset('is_https_allowed', true)],
    [
      'azurerm_cdn_endpoint_custom_domain',
      any(
        tls12('user_managed_https.tls_version'),
        tls12('cdn_managed_https.tls_version'),
      ),
      any(isSet('user_managed_https'), isSet('cdn_managed_https')),
    ],
    [
      'azurerm_application_gateway',
      any(
        matches('ssl_policy.policy_name', /^AppGwSslPolicy2022/),
        is('ssl_policy.min_protocol_version', 'TLSv1_2', 'TLSv1_3'),
      ),
    ],
    [
      'azurerm_application_gateway',
      every('http_listener', not(is('protocol', 'Http'))),
    ],
    [
      'azurerm_api_management',
      all(
        ...[
          'enable_backend_ssl30',
          'enable_backend_tls10',
          'enable_backend_tls11',
          'enable_frontend_ssl30',
          'enable_frontend_tls10',
          'enable_frontend_tls11',
          'backend_tls10_enabled',
          'frontend_tls10_enabled',
        ].map(name => isOrUnset(`security.${name}`, false)),
      ),
    ],
    [
      'azurerm_cosmosdb_account',
      any(
        not(isSet('minimal_tls_version')),
        is('minimal_tls_version', 'Tls12'),
      ),
    ],
    ['azurerm_cdn_frontdoor_route', isOrUnset('https_redirect_enabled', true)],
    [
      'azurerm_container_app',
      isOrUnset('ingress.allow_insecure_connections', false),
    ],
  ),
};
