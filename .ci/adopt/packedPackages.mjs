import fs from 'node:fs';
import path from 'node:path';

/** The tarballs of our packages, which `npm run test:adopt` makes. */
export function packedPackages() {
  const folder = process.env.AGENTIC_PACKAGES;
  if (!folder) {
    throw new Error(
      'AGENTIC_PACKAGES has to name a folder with packed packages; run npm run test:adopt',
    );
  }
  return fs
    .readdirSync(folder)
    .filter(name => name.endsWith('.tgz'))
    .map(name => path.join(folder, name));
}
