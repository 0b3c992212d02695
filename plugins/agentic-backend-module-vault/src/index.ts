/**
 * HashiCorp Vault as a store of secrets for the Agentic Framework.
 *
 * @packageDocumentation
 */
export { agenticModuleVault as default } from './module';
export * from './VaultDatabaseSecrets';
export * from './VaultSecretStore';
export * from './VaultSession';
export {
  readVaultOptions,
  type VaultAuth,
  type VaultOptions,
} from './readVaultOptions';
