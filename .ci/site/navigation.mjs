import fs from 'node:fs';
import { yaml } from '../sources.mjs';

export const SITE_SETTINGS = 'docs/mkdocs.yml';

/** The pages of the navigation, in its order, as paths from the root of the repository. */
export function navigation() {
  const walk = entry =>
    typeof entry === 'string'
      ? [entry]
      : Object.values(entry).flatMap(value =>
          Array.isArray(value) ? value.flatMap(walk) : walk(value),
        );
  const { nav } = yaml.parse(fs.readFileSync(SITE_SETTINGS, 'utf8'));
  return nav.flatMap(walk);
}
