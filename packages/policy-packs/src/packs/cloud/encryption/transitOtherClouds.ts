import {
  all,
  any,
  every,
  is,
  isOrUnset,
  isSet,
  matches,
  not,
  passes,
  some,
} from '../../../rules/Condition';
import type { CloudEntry } from '../cloudRule';
import { inTransit, isValidCertificate } from './questions';

/** Google Cloud and other clouds, encrypted in transit. */
export const TRANSIT_OTHER_CLOUDS: Readonly<Record<string, CloudEntry>> = {
  'google-redis': inTransit(
    'google-redis',
    'Caches use TLS',
    'Set transit_encryption_mode to SERVER_AUTHENTICATION',
    [
      'google_redis_instance',
      is('transit_encryption_mode', 'SERVER_AUTHENTICATION'),
    ],
  ),
  'google-sql': inTransit(
    'google-sql',
    'Cloud SQL asks for TLS',
    'Set ip_configuration.ssl_mode to ENCRYPTED_ONLY',
    [
      'google_sql_database_instance',
      any(
        is('settings.ip_configuration.require_ssl', true),
        is(
          'settings.ip_configuration.ssl_mode',
          'ENCRYPTED_ONLY',
          'TRUSTED_CLIENT_CERTIFICATE_REQUIRED',
        ),
      ),
    ],
    [
      'google_alloydb_instance',
      not(
        is(
          'client_connection_config.ssl_config.ssl_mode',
          'ALLOW_UNENCRYPTED_AND_ENCRYPTED',
        ),
      ),
    ],
  ),
  'google-compute': inTransit(
    'google-compute',
    'Load balancers use TLS 1.2',
    'Set min_tls_version to TLS_1_2 and profile to MODERN',
    [
      'google_compute_ssl_policy',
      all(
        is('min_tls_version', 'TLS_1_2', 'TLS_1_3'),
        not(is('profile', 'COMPATIBLE')),
      ),
    ],
    [
      'google_compute_url_map',
      isOrUnset('default_url_redirect.https_redirect', true),
    ],
  ),
  'google-app': inTransit(
    'google-app google-cloudfunctions',
    'Applications answer by HTTPS only',
    'Set security_level to SECURE_ALWAYS',
    [
      'google_cloudfunctions_function',
      is('https_trigger_security_level', 'SECURE_ALWAYS'),
      is('trigger_http', true),
    ],
  ),
  digitalocean: inTransit(
    'digitalocean-compute',
    'Load balancers of DigitalOcean take HTTPS',
    'Set entry_protocol to https, or redirect_http_to_https to true',
    [
      'digitalocean_loadbalancer',
      any(
        is('redirect_http_to_https', true),
        every('forwarding_rule', not(is('entry_protocol', 'http'))),
      ),
    ],
  ),
  nifcloud: inTransit(
    'nifcloud-network',
    'Load balancers of NIFCLOUD use TLS 1.2',
    'Use HTTPS, and an ssl_policy of TLS 1.2',
    [
      'nifcloud_load_balancer',
      not(matches('ssl_policy_name', /^Standard Ciphers [ABC] /)),
      is('load_balancer_port', 443),
    ],
    [
      'nifcloud_load_balancer',
      not(is('load_balancer_port', 80)),
      not(any(isSet('ssl_policy_id'), isSet('ssl_policy_name'))),
    ],
    [
      'nifcloud_elb nifcloud_elb_listener',
      not(is('protocol', 'HTTP')),
      not(is('network_interface.is_vip_network', false)),
    ],
  ),
  'nifcloud-certificate': inTransit(
    'nifcloud-sslcertificate',
    'Certificates are valid',
    'Renew the certificate',
    ['nifcloud_ssl_certificate', passes('certificate', isValidCertificate)],
  ),
  alicloud: inTransit(
    'alicloud alicloud-slb alicloud-alb',
    'Load balancers of Alibaba Cloud use TLS 1.2',
    'Set tls_cipher_policy to tls_cipher_policy_1_2',
    [
      'alicloud_slb_tls_cipher_policy',
      not(some('tls_versions', matches('', /^TLSv1(?:\.[01])?$/))),
    ],
    ['alicloud_slb_listener', not(is('protocol', 'http'))],
    ['alicloud_alb_listener', not(is('listener_protocol', 'HTTP'))],
  ),
  'node-balancers': inTransit(
    'linode oci yandex',
    'Node balancers take HTTPS',
    'Set protocol to https',
    ['linode_nodebalancer_config', is('protocol', 'https', 'tcp')],
    ['hcloud_load_balancer_service', not(is('protocol', 'http'))],
    ['scaleway_lb_frontend', isSet('certificate_ids')],
  ),
};
