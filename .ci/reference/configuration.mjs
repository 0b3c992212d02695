import fs from 'node:fs';
import path from 'node:path';
import { typescript } from '../sources.mjs';
import { code, pageOf, table, writtenFrom } from './markdown.mjs';
import { settingsIn } from './settingsIn.mjs';

/** Where a group of keys is told of in sentences. */
const TOLD_IN = {
  'agentic.agents': '../concepts.md#agent-tool-lane',
  'agentic.approvals': '../approvals.md',
  'agentic.critic': '../approvals.md#the-critic',
  'agentic.engine': '../operations.md#databases',
  'agentic.environments': '../permissions.md#environments',
  'agentic.incidents': '../incidents.md',
  'agentic.limits': '../operations.md#limits-and-budgets',
  'agentic.machineAccess': '../permissions.md#machines',
  'agentic.retention': '../data.md#retention',
  'agentic.secrets': '../secrets.md',
  'agentic.sweeper': '../operations.md#sweeper',
  'agentic.vault': '../../plugins/agentic-backend-module-vault/README.md',
};

/** Every package that declares settings of its own. */
export function allSettings() {
  return ['packages', 'plugins'].flatMap(folder =>
    fs
      .readdirSync(folder)
      .map(name => path.join(folder, name, 'config.d.ts'))
      .filter(file => fs.existsSync(file))
      .flatMap(file =>
        settingsIn(typescript, file).map(setting => ({
          ...setting,
          folder: path.dirname(file),
        })),
      ),
  );
}

/** The first two names of keys of ours, the first three of those among others' keys. */
function groupOf({ key }) {
  const names = key.split(/[.[]/);
  return names.slice(0, names[0] === 'agentic' ? 2 : 3).join('.');
}

/** `docs/reference/configuration.md` */
export function configurationPage() {
  const settings = allSettings();
  const silent = settings.filter(({ leaf, text }) => leaf && !text);
  if (silent.length > 0) {
    throw new Error(
      `Say in config.d.ts what it is: ${silent
        .map(({ key }) => key)
        .join(', ')}`,
    );
  }
  const groups = new Map();
  for (const setting of settings) {
    const group = groupOf(setting);
    groups.set(group, [...(groups.get(group) ?? []), setting]);
  }
  const sections = [...groups]
    .filter(([, members]) => members.some(({ leaf }) => leaf))
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([group, members]) => {
      const own = members.find(({ key, leaf }) => key === group && !leaf);
      const more = TOLD_IN[group];
      const [{ folder }] = members;
      return [
        `## ${group}`,
        [
          own?.text,
          more && `More in [${path.basename(more.split('#')[0])}](${more}).`,
          folder !== 'plugins/agentic-backend' &&
            `Declared in [${folder}](../../${folder}/config.d.ts).`,
        ]
          .filter(Boolean)
          .join(' '),
        table(
          ['key', 'type', 'default', 'seen by', 'meaning'],
          members
            .filter(({ leaf, key }) => leaf || key !== group)
            .filter(({ leaf, text }) => leaf || text)
            .map(setting => [
              code(setting.key),
              setting.type,
              setting.byDefault ?? (setting.needed ? 'has to be given' : ''),
              setting.visibility,
              setting.text,
            ]),
        ),
      ];
    });
  return pageOf(
    '# Configuration reference',
    writtenFrom('`config.d.ts` of each package'),
    'Every key of the framework, in `app-config.yaml`. Every key may be left out unless its default says otherwise. In a key, `<name>` is any name and `[]` any element of a list. **Seen by** is the visibility: `frontend` reaches browsers, `backend` stays in the backend, `secret` is masked in logs besides. A duration is `15m`, an ISO duration, or an object such as `{ minutes: 15 }`; a schedule is that of [Backstage’s scheduler](https://backstage.io/docs/backend-system/core-services/scheduler).',
    'What is written wrong is told when the backend starts, with the key and the remedy, and `agentic-doctor` looks for keys that are unknown or contradict each other: see [troubleshooting](../troubleshooting.md).',
    ...sections,
  );
}
