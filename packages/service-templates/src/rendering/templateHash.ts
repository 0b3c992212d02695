import { createHash } from 'crypto';
import { ServiceTemplate } from '../catalogue/ServiceTemplate';
import { readLayer } from './readLayer';

const hashes = new Map<string, string>();

/** SHA-256 over everything a template is rendered from: its files and its declaration. */
export function templateHash(template: ServiceTemplate): string {
  const known = hashes.get(template.id);
  if (known) {
    return known;
  }
  const folders = [template, ...Object.values(template.databases)].flatMap(
    ({ layers }) => layers.map(layer => layer.folder),
  );
  const hash = createHash('sha256').update(JSON.stringify(template));
  for (const folder of [...new Set(folders)].sort()) {
    for (const [path, source] of readLayer(folder)) {
      hash.update(JSON.stringify([folder, path, source]));
    }
  }
  const digest = hash.digest('hex');
  hashes.set(template.id, digest);
  return digest;
}
