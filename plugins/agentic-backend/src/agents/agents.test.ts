import { EVENT_DETAILS } from '@agentic-backstage/plugin-agentic-common';
import type { Agent } from '@agentic-backstage/plugin-agentic-node';
import { recordingHost } from '@agentic-backstage/plugin-agentic-node/testUtils';
import { startTestBackend } from '@backstage/backend-test-utils';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { agentModules } from './index';

const folders = readdirSync(__dirname, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(entry => entry.name)
  .sort();

/** Plans are made by a planner, not by an agent with tasks. */
const WITHOUT_TASKS = ['planner'];
const agentFolders = folders.filter(name => !WITHOUT_TASKS.includes(name));

async function collectAgents(): Promise<Agent[]> {
  const { plugin, agents, inactiveAgents } = recordingHost();
  const backend = await startTestBackend({
    features: [plugin, ...agentModules],
  });
  await backend.stop();
  return [...agents, ...inactiveAgents.map(({ agent }) => agent)];
}

const read = (...parts: string[]) =>
  readFileSync(path.join(__dirname, ...parts), 'utf8');

describe('built-in agents', () => {
  let agents: Agent[];

  beforeAll(async () => {
    agents = await collectAgents();
  });

  const agentOf = (folder: string) => {
    const agent = agents.find(({ id }) => id === folder);
    if (!agent) {
      throw new Error(`No module of index.ts registers agent '${folder}'`);
    }
    return agent;
  };

  it('are those that have a folder, each registered once', () => {
    expect(agents.map(({ id }) => id).sort()).toEqual(agentFolders);
  });

  it('are listed in alphabetical order in the one file that knows them all', () => {
    const imported = [
      ...read('index.ts').matchAll(/from '\.\/([a-z-]+)\/module'/g),
    ].map(match => match[1]);
    expect(imported).toEqual(folders);
    expect(agentModules).toHaveLength(folders.length);
  });

  it.each(folders)('%s says what it is and has its door', folder => {
    expect(readdirSync(path.join(__dirname, folder))).toEqual(
      expect.arrayContaining(['README.md', 'module.ts', 'schema.ts', 'steps']),
    );
  });

  it.each(agentFolders)('%s has its declaration and its test', folder => {
    for (const file of [`${folder}Agent.ts`, `${folder}Agent.test.ts`]) {
      expect([file, existsSync(path.join(__dirname, folder, file))]).toEqual([
        file,
        true,
      ]);
    }
  });

  it.each(agentFolders)(
    'the README of %s tells purpose, needs, emits, permissions and how to try it',
    folder => {
      const readme = read(folder, 'README.md');
      const sections = [...readme.matchAll(/^\*\*([\w ]+)\.\*\*/gm)].map(
        match => match[1],
      );
      expect(sections).toEqual(
        expect.arrayContaining([
          'Purpose',
          'Needs',
          'Emits',
          'Permissions',
          'Try it',
        ]),
      );
      expect(readme).toMatch(/```sh\n\S+/);
    },
  );

  it.each(agentFolders)(
    'the README of %s names its lane, its tools and the events it emits, and no other',
    folder => {
      const { emits, tools, lane } = agentOf(folder);
      const named = [...read(folder, 'README.md').matchAll(/`([^`]+)`/g)].map(
        match => match[1],
      );
      expect(named).toEqual(expect.arrayContaining([...emits, ...tools, lane]));
      expect(
        named.filter(
          name => name in EVENT_DETAILS && !emits.some(event => event === name),
        ),
      ).toEqual([]);
    },
  );

  it.each(agentFolders)(
    '%s imports neither another agent nor the host',
    folder => {
      const sources = readdirSync(path.join(__dirname, folder), {
        recursive: true,
        encoding: 'utf8',
      }).filter(file => file.endsWith('.ts'));
      const outside = sources.flatMap(file =>
        [...read(folder, file).matchAll(/from '(\.[^']+)'/g)]
          .map(match =>
            path.relative(
              path.join(__dirname, folder),
              path.resolve(__dirname, folder, path.dirname(file), match[1]),
            ),
          )
          .filter(target => target.startsWith('..')),
      );
      expect(outside).toEqual([]);
    },
  );
});
