import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parse as parseYaml } from 'yaml';
import type { PolicyFile } from '../Policies';

/** What lies in files and folders: policies, and the data beside them. */
export interface Loaded {
  readonly policies: PolicyFile[];
  readonly data: Record<string, unknown>;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads JSON or YAML by the ending of the name. Throws where it is neither. */
export function readDocument(file: string): unknown {
  const text = readFileSync(file, 'utf8');
  return file.endsWith('.json')
    ? JSON.parse(text)
    : parseYaml(text, { maxAliasCount: 100 });
}

function merge(
  into: Record<string, unknown>,
  from: Record<string, unknown>,
  file: string,
): void {
  for (const [name, value] of Object.entries(from)) {
    const known = Object.hasOwn(into, name) ? into[name] : undefined;
    if (isObject(known) && isObject(value)) {
      merge(known, value, file);
    } else if (known !== undefined) {
      throw new Error(`${file}: there is data under "${name}" already`);
    } else {
      Object.defineProperty(into, name, {
        value,
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
  }
}

/** Reads policies and data from files, and from folders with all below; data in a folder lies below its name. */
export function readFiles(paths: readonly string[]): Loaded {
  const loaded: Loaded = { policies: [], data: {} };
  const visit = (file: string, folders: readonly string[]): void => {
    if (statSync(file).isDirectory()) {
      for (const name of readdirSync(file).sort()) {
        const next = path.join(file, name);
        const isFolder = statSync(next).isDirectory();
        visit(next, isFolder ? [...folders, name] : folders);
      }
    } else if (file.endsWith('.rego')) {
      loaded.policies.push({ file, text: readFileSync(file, 'utf8') });
    } else if (/\.(json|ya?ml)$/.test(file)) {
      const document = readDocument(file);
      const data = folders.reduceRight<unknown>(
        (below, name) => ({ [name]: below }),
        document,
      );
      if (!isObject(data)) {
        throw new Error(`${file}: the data of a file is an object`);
      }
      merge(loaded.data, data, file);
    }
  };
  paths.forEach(each => visit(each, []));
  return loaded;
}
