import { X509Certificate } from 'node:crypto';
import {
  all,
  any,
  every,
  is,
  isSet,
  isWritten,
  matches,
  not,
  passes,
  some,
} from '../../../rules/Condition';
import type { Condition } from '../../../rules/Condition';
import type { CloudEntry, CloudRow } from '../cloudRule';

/** Asks for encryption at rest. */
export const atRest = (
  topic: string,
  what: string,
  remedy: string,
  ...rows: readonly CloudRow[]
): CloudEntry => ({
  topics: topic.split(' '),
  title: `${what} encrypted at rest`,
  remedy,
  rows,
});

export const allEncrypted = (path: string): Condition =>
  every(
    path,
    any(
      is('encrypted', true),
      isSet('snapshot_id'),
      isSet('no_device'),
      isSet('virtual_name'),
    ),
  );

/** A flag in the JSON that some resources take as one text. */
export const inJson = (path: string, pattern: RegExp): Condition =>
  passes(path, value =>
    pattern.test(typeof value === 'string' ? value : JSON.stringify(value)),
  );

export const SSE = 'rule.apply_server_side_encryption_by_default.sse_algorithm';
export const SSE_ALGORITHMS = ['AES256', 'aws:kms', 'aws:kms:dsse'];

/** Asks for encryption with a key of one's own. */
export const withOwnKey = (
  topic: string,
  what: string,
  ...rows: readonly CloudRow[]
): CloudEntry => ({
  topics: topic.split(' '),
  title: `${what} with a key of one's own`,
  remedy: 'Name a key that you manage, so that you can rotate and withdraw it',
  rows,
});

// An alias of a service names the key that the provider manages.
export const own = (path: string) =>
  all(isSet(path), not(isWritten(path, /^alias\/aws\//)));

/** Asks for encryption in transit. */
export const inTransit = (
  topic: string,
  title: string,
  remedy: string,
  ...rows: readonly CloudRow[]
): CloudEntry => ({ topics: topic.split(' '), title, remedy, rows });

export const STRONG_AWS =
  /^(?:ELBSecurityPolicy-(?:TLS13-1-[23]|FS-1-2|TLS-1-2))/;
export const tls12 = (path: string): Condition =>
  matches(path, /^(?:TLS)?v?_?1[._][23]|^TLS1_[23]$|^TLS_?1_[23]|^Tls1[23]$/i);
/** Redirects of HTTP are no traffic in the clear. */
export const redirects = any(
  is('default_action.redirect.protocol', 'HTTPS'),
  is('DefaultActions.RedirectConfig.Protocol', 'HTTPS'),
);

export const parameter = (name: string, pattern: RegExp): Condition =>
  some('parameter', all(is('name', name), matches('value', pattern)));
export const FORCED = any(
  parameter('rds.force_ssl', /^1$/),
  parameter('require_secure_transport', /^(?:1|ON)$/i),
  parameter('db2comm', /^SSL$/i),
);
export const OFF = any(
  parameter('rds.force_ssl', /^(?:0|false)$/i),
  parameter('require_secure_transport', /^(?:0|off)$/i),
);

export const webTls = any(
  tls12('site_config.minimum_tls_version'),
  tls12('site_config.min_tls_version'),
);
export const noWebTls = not(
  any(
    isSet('site_config.minimum_tls_version'),
    isSet('site_config.min_tls_version'),
  ),
);
export const WEB_APPS =
  'azurerm_app_service azurerm_linux_web_app azurerm_windows_web_app azurerm_app_service_slot azurerm_linux_web_app_slot azurerm_windows_web_app_slot';
export const FUNCTION_APPS =
  'azurerm_function_app azurerm_linux_function_app azurerm_windows_function_app azurerm_function_app_slot azurerm_linux_function_app_slot azurerm_windows_function_app_slot';

/** Whether a certificate is valid today. Unknown where the text is none. */
export function isValidCertificate(value: unknown): boolean | undefined {
  const text = String(value);
  if (!/BEGIN CERTIFICATE/.test(text)) {
    return undefined;
  }
  try {
    return Date.parse(new X509Certificate(text).validTo) > Date.now();
  } catch {
    return undefined;
  }
}
