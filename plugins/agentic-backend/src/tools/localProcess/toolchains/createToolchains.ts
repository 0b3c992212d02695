import { InputError } from '@backstage/errors';
import { access } from 'node:fs/promises';
import path from 'node:path';
import type { LocalProcessOptions } from '../localProcessOptions';
import { createGoToolchain } from './go/createGoToolchain';
import { readLaunchFile } from './launchFile';
import { createNodeToolchain } from './nodejs/createNodeToolchain';
import { createPythonToolchain } from './python/createPythonToolchain';
import type { Toolchain } from './Toolchain';

/** The toolchains of this machine; a language is an entry here. */
export function createToolchains(
  options: LocalProcessOptions,
): readonly Toolchain[] {
  return [
    createNodeToolchain(options),
    createPythonToolchain(options),
    createGoToolchain(options),
  ];
}

/** The toolchain of a language. Throws `InputError` for a language without one. */
export function toolchainOf(
  toolchains: readonly Toolchain[],
  language: string,
): Toolchain {
  const found = toolchains.find(each => each.language === language);
  if (!found) {
    throw new InputError(
      `Services in '${language}' cannot be run as local processes; this machine runs ${titles(
        toolchains,
      )} services`,
    );
  }
  return found;
}

/** The toolchain for a checked-out repository: the one its launch file names, or the one whose manifest it has. */
export async function toolchainFor(
  toolchains: readonly Toolchain[],
  folder: string,
): Promise<Toolchain> {
  const { language } = await readLaunchFile(folder);
  if (language !== undefined) {
    return toolchainOf(toolchains, language);
  }
  for (const toolchain of toolchains) {
    const isThere = await access(path.join(folder, toolchain.manifest)).then(
      () => true,
      () => false,
    );
    if (isThere) {
      return toolchain;
    }
  }
  throw new InputError(
    `The repository has none of ${toolchains
      .map(({ manifest }) => `'${manifest}'`)
      .join(', ')}, so this target cannot tell how to run it; it runs ${titles(
      toolchains,
    )} services`,
  );
}

function titles(toolchains: readonly Toolchain[]): string {
  return toolchains.map(({ title }) => title).join(' and ');
}
