import type { Check } from '../Check';
import { broken, fine, warning, type Finding } from '../Finding';

const ID = 'vault.reach';
const CHECKED = 'Vault answers and is unsealed';

/** Asks a configured Vault how it is; needs no token. */
export const vaultCheck: Check = {
  id: 'vault',
  title: 'Vault',
  look: async ({ config }) => {
    const url = config.getOptionalString('agentic.vault.url');
    if (!url) return [];
    if (!URL.canParse(url)) {
      return [
        broken(
          ID,
          CHECKED,
          'agentic.vault.url is no address',
          'Write for example https://vault.example.com:8200',
        ),
      ];
    }
    const { host } = new URL(url);
    try {
      const { status } = await fetch(new URL('/v1/sys/health', url), {
        signal: AbortSignal.timeout(5000),
      });
      return [stateOf(status, host)];
    } catch (error) {
      const { cause, message } = error as Error & { cause?: Error };
      return [
        broken(
          ID,
          CHECKED,
          `${host} does not answer: ${cause?.message ?? message}`,
          'Start Vault, correct agentic.vault.url, or name its authority in agentic.vault.caFile and NODE_EXTRA_CA_CERTS',
        ),
      ];
    }
  },
};

function stateOf(status: number, host: string): Finding {
  const words: Readonly<Record<number, string>> = {
    501: 'is not initialised',
    503: 'is sealed',
  };
  if (words[status]) {
    return broken(
      ID,
      CHECKED,
      `${host} ${words[status]}`,
      'Have whoever runs Vault initialise or unseal it',
    );
  }
  return status < 300 || status === 429 || status === 473
    ? fine(ID, CHECKED, `${host} answers ${status}`)
    : warning(ID, CHECKED, `${host} answers ${status}`, 'See its log');
}
