import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { loadConfigSchema, type ConfigSchema } from '@backstage/config-loader';
import type { JsonObject } from '@backstage/types';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Check } from '../Check';
import { broken, fine, skipped, warning, type Finding } from '../Finding';

const ID = 'config.schema';
const CHECKED = 'Settings below agentic are known and of the right kind';

/** Compares the settings with the schemas of the packages that declare some: unknown keys, wrong types. */
export const schemaCheck: Check = {
  id: 'config',
  title: 'Known settings',
  look: async ({ config, root }) => {
    const data = config.getOptional<JsonObject>('agentic');
    if (!data) {
      return [
        fine(ID, CHECKED, 'Nothing is set, so every setting has its default'),
      ];
    }
    let schema: ConfigSchema;
    try {
      schema = await loadConfigSchema({
        dependencies: [],
        packagePaths: packagesWithSchema(root),
        noUndeclaredProperties: true,
      });
    } catch (error) {
      return [skipped(ID, CHECKED, `The schemas cannot be loaded: ${error}`)];
    }
    try {
      schema.process([{ data: { agentic: data }, context: 'doctor' }]);
      return [fine(ID, CHECKED, 'All of them are')];
    } catch (error) {
      const messages: unknown =
        error instanceof Error && 'messages' in error ? error.messages : [];
      if (!Array.isArray(messages)) {
        return [skipped(ID, CHECKED, String(error))];
      }
      // Other parts of the configuration were not given, so what is said of them means nothing.
      const ours = messages
        .map(String)
        .filter(message => message.includes(' at /agentic'));
      return ours.length > 0
        ? ours.map(toFinding)
        : [fine(ID, CHECKED, 'All of them are')];
    }
  },
};

function toFinding(message: string): Finding {
  const unknown = /=([\w.-]+) \} at (\S+)$/.exec(message);
  if (/additional propert|unevaluated/i.test(message) && unknown) {
    const key = `${unknown[2]}/${unknown[1]}`.replaceAll('/', '.').slice(1);
    return warning(
      ID,
      CHECKED,
      `'${key}' is no setting of an installed package, so it does nothing`,
      'Correct its name, or install the package it belongs to; docs/reference/configuration.md has all keys',
    );
  }
  const [, what, place] = /^Config (.*?) \{.*\} at (\S+)$/.exec(message) ?? [];
  return broken(
    ID,
    CHECKED,
    place
      ? `'${place.replaceAll('/', '.').slice(1)}' ${what}`
      : message.slice(0, 300),
    'Give a value of the kind that docs/reference/configuration.md says',
  );
}

/** This package, and the others of the portal that may declare settings below `agentic`. */
function packagesWithSchema(root: string): string[] {
  const own = resolvePackagePath(
    '@agentic-backstage/plugin-agentic-backend',
    'package.json',
  );
  const apps = ['packages/backend', 'packages/app', '.'].map(folder =>
    path.join(root, folder, 'package.json'),
  );
  const named = apps.filter(existsSync).flatMap(file => {
    const { dependencies = {} } = JSON.parse(readFileSync(file, 'utf8'));
    return Object.keys(dependencies)
      .filter(name => /agentic/.test(name))
      .flatMap(name => resolved(name, path.dirname(file)));
  });
  return [...new Set([own, ...apps.filter(existsSync), ...named])].map(file =>
    path.relative(process.cwd(), file),
  );
}

function resolved(name: string, from: string): string[] {
  try {
    return [require.resolve(`${name}/package.json`, { paths: [from] })];
  } catch {
    return [];
  }
}
