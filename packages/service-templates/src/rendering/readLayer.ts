import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { templatesFolder } from './templatesFolder';

/** Template sources by their path inside the layer, without the `.njk` ending. */
export type Layer = ReadonlyMap<string, string>;

const suffix = '.njk';
const layers = new Map<string, Layer>();

/** Reads a layer once and keeps it: the templates do not change while the process lives. */
export function readLayer(folder: string): Layer {
  const known = layers.get(folder);
  if (known) {
    return known;
  }
  const sources = new Map<string, string>();
  collect(join(templatesFolder(), folder), '', sources);
  layers.set(folder, sources);
  return sources;
}

function collect(folder: string, prefix: string, sources: Map<string, string>) {
  const entries = readdirSync(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      collect(path, `${prefix}${entry.name}/`, sources);
    } else if (entry.name.endsWith(suffix)) {
      const name = `${prefix}${entry.name.slice(0, -suffix.length)}`;
      sources.set(name, readFileSync(path, 'utf8'));
    }
  }
}
