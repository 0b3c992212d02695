import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { KEY_BYTES, sealingKey, type SealingKey } from './sealing';

/** The keys of the portal's own store: the first encrypts, all of them decrypt. */
export interface SealingKeys {
  readonly keys: readonly SealingKey[];
  /** Where a key was made and kept because none is configured; for development only. */
  readonly generatedFile?: string;
  /** Why there is no key. */
  readonly problem?: string;
}

function parseKey(text: string, name: string): SealingKey {
  const key = Buffer.from(text.trim(), 'base64');
  if (
    key.length !== KEY_BYTES ||
    key.toString('base64').replace(/=+$/, '') !== text.trim().replace(/=+$/, '')
  ) {
    throw new Error(
      `${name} is not a key of ${KEY_BYTES} bytes in base64; make one with: openssl rand -base64 ${KEY_BYTES}`,
    );
  }
  return sealingKey(key);
}

async function generatedKey(file: string): Promise<SealingKey> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const staging = `${file}.${randomBytes(6).toString('hex')}.new`;
  await writeFile(staging, `${randomBytes(KEY_BYTES).toString('base64')}\n`, {
    flag: 'wx',
    mode: 0o600,
  });
  try {
    // Of two processes that start together one makes the file, whole, and both read it.
    await link(staging, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw error;
    }
  } finally {
    await rm(staging, { force: true });
  }
  await chmod(file, 0o600);
  return parseKey(await readFile(file, 'utf8'), file);
}

/**
 * Reads `agentic.secrets.keys`. Without them a key is made in the data folder, readable by the
 * portal's user only; in production there is then no key, and the reason.
 */
export async function readSealingKeys(options: {
  /** What the configuration gives. */
  texts: readonly string[];
  dataDir: string;
  production: boolean;
}): Promise<SealingKeys> {
  const { texts } = options;
  if (texts.length > 0) {
    return {
      keys: texts.map((text, index) =>
        parseKey(text, `agentic.secrets.keys[${index}]`),
      ),
    };
  }
  if (options.production) {
    return {
      keys: [],
      problem: `No key is configured; set agentic.secrets.keys to a list with one key, made with: openssl rand -base64 ${KEY_BYTES}`,
    };
  }
  const generatedFile = path.join(options.dataDir, 'secrets', 'portal.key');
  return { keys: [await generatedKey(generatedFile)], generatedFile };
}
