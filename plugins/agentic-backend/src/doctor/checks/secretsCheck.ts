import type { Knex } from 'knex';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readSealingKeys } from '../../secrets/readSealingKeys';
import type { Check, Patient } from '../Check';
import { broken, fine, skipped, type Finding } from '../Finding';
import { lookInto } from '../lookInto';
import { pluginDatabase } from '../pluginDatabase';

const CHECKED = 'The key of the portal’s own store of secrets can be used';
const READABLE = 'Every stored secret can be read with the keys there are';

/** Looks whether the keys are keys, and whether they are those that the stored secrets were sealed with. */
export const secretsCheck: Check = {
  id: 'secrets',
  title: 'Secrets',
  look: async patient => {
    const texts = await keyTexts(patient);
    if (texts === undefined) {
      return [
        fine(
          'secrets.key',
          CHECKED,
          'None is there yet: one is made when it is needed',
        ),
      ];
    }
    try {
      const { keys } = await readSealingKeys({
        texts,
        dataDir: patient.root,
        production: true,
      });
      if (keys.length === 0) {
        return [skipped('secrets.key', CHECKED, 'None is configured')];
      }
      return [
        fine('secrets.key', CHECKED, `${keys.length} key(s), each of 32 bytes`),
        ...(await sealedFinding(patient, new Set(keys.map(({ id }) => id)))),
      ];
    } catch (error) {
      const [found, remedy] = (error as Error).message.split('; ');
      return [
        broken(
          'secrets.key',
          CHECKED,
          found,
          remedy ?? 'Make a key with: openssl rand -base64 32',
        ),
      ];
    }
  },
};

/** The configured keys, or the one that was made; undefined when none was made yet. Makes none itself. */
async function keyTexts({
  config,
  env,
  root,
}: Patient): Promise<string[] | undefined> {
  const texts = config.getOptionalStringArray('agentic.secrets.keys') ?? [];
  if (texts.length > 0 || env.NODE_ENV === 'production') return texts;
  const file = path.resolve(
    root,
    config.getOptionalString('agentic.dataDir') ?? '.agentic',
    'secrets/portal.key',
  );
  return existsSync(file) ? [await readFile(file, 'utf8')] : undefined;
}

async function sealedFinding(
  { config, root }: Patient,
  known: ReadonlySet<string>,
): Promise<Finding[]> {
  const { connect, file } = pluginDatabase(config, root);
  if (!connect || (file && !existsSync(file))) return [];
  try {
    const sealed = await lookInto(connect, async knex => {
      const query: Knex.QueryBuilder = knex('secret_versions')
        .join('secrets', join =>
          join
            .on('secrets.path', 'secret_versions.path')
            .andOn('secrets.version', 'secret_versions.version'),
        )
        .whereNull('secrets.destroyed_at')
        .groupBy('key_id')
        .select({ key: 'key_id' })
        .count({ n: '*' });
      const rows: { key: string; n: number | string }[] = await query;
      return rows.map(({ key, n }) => ({ key, n: Number(n) }));
    });
    const lost = sealed.filter(({ key }) => !known.has(key));
    return [
      lost.length === 0
        ? fine('secrets.readable', READABLE, 'All can')
        : broken(
            'secrets.readable',
            READABLE,
            `${lost.reduce(
              (sum, { n }) => sum + n,
              0,
            )} secrets were sealed with the keys ${lost
              .map(({ key }) => key)
              .join(', ')}, which are not here`,
            'Add the old key behind the new one in agentic.secrets.keys; without it give the secrets new values',
          ),
    ];
  } catch {
    // No table, or no answer: the check of the database says so.
    return [];
  }
}
