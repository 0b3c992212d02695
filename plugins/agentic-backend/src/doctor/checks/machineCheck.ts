import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { runProcess } from '../../tools/exec/runProcess';
import { minimalEnvironment } from '../../tools/exec/minimalEnvironment';
import type { Check, Patient } from '../Check';
import { broken, fine, warning, type Finding } from '../Finding';

const GIB = 1024 ** 3;
const LOW_GIB = 2;
const TOO_LOW_GIB = 0.25;
const NODE = [22, 24];

/** Looks at the machine: Node, the data folder, room on the disk, and what keeps services in their place. */
export const machineCheck: Check = {
  id: 'machine',
  title: 'Machine',
  look: async patient => [
    nodeFinding(process.version),
    ...(await folderFindings(patient)),
    await confinementFinding(patient),
  ],
};

function nodeFinding(version: string): Finding {
  const major = Number(/^v(\d+)/.exec(version)?.[1]);
  const checked = 'Node.js is one that Backstage supports';
  return NODE.includes(major)
    ? fine('machine.node', checked, version)
    : broken(
        'machine.node',
        checked,
        `This is ${version}`,
        `Run the portal with Node.js ${NODE.join(' or ')}`,
      );
}

async function folderFindings({ config, root }: Patient): Promise<Finding[]> {
  const folder = path.resolve(
    root,
    config.getOptionalString('agentic.dataDir') ?? '.agentic',
  );
  const checked = 'The data folder can be written';
  const there = await nearest(folder);
  const problem = await access(there, constants.W_OK).then(
    async () =>
      (await stat(there)).isDirectory() ? undefined : 'is not a folder',
    error => `cannot be written: ${error.code}`,
  );
  const { bavail, bsize } = await statfs(there);
  const free = (bavail * bsize) / GIB;
  return [
    problem
      ? broken(
          'machine.dataDir',
          checked,
          `${there} ${problem}`,
          'Give the folder to the user of the portal, or set agentic.dataDir to another',
        )
      : fine(
          'machine.dataDir',
          checked,
          there === folder ? folder : `${folder} is made at the first start`,
        ),
    diskFinding(there, free),
  ];
}

function diskFinding(folder: string, free: number): Finding {
  const checked = 'There is room on the disk of the data folder';
  const found = `${free.toFixed(1)} GiB are free at ${folder}`;
  const remedy =
    'Run the sweeper, and delete what else is there; docs/operations.md says what may go';
  if (free < TOO_LOW_GIB) return broken('machine.disk', checked, found, remedy);
  if (free < LOW_GIB) return warning('machine.disk', checked, found, remedy);
  return fine('machine.disk', checked, found);
}

async function nearest(folder: string): Promise<string> {
  for (let at = folder; ; at = path.dirname(at)) {
    const found = await access(at).then(
      () => true,
      () => false,
    );
    if (found || at === path.dirname(at)) return at;
  }
}

async function confinementFinding({ config, env }: Patient): Promise<Finding> {
  const checked = 'Services of the local target are kept in their place';
  if (env.NODE_ENV === 'production') {
    return fine(
      'machine.confinement',
      checked,
      'NODE_ENV is production: the local target refuses to work',
    );
  }
  const has = async (program: string) =>
    runProcess({
      program,
      args: ['--version'],
      env: minimalEnvironment(),
      timeoutMs: 5000,
    }).then(
      ({ exitCode }) => exitCode === 0,
      () => false,
    );
  const wanted =
    config.getOptionalBoolean('agentic.local.process.bubblewrap') !== false;
  const bubblewrap = wanted && (await has('bwrap'));
  const prlimit = await has('prlimit');
  return bubblewrap && prlimit
    ? fine('machine.confinement', checked, 'bubblewrap and prlimit are there')
    : warning(
        'machine.confinement',
        checked,
        [
          ...(bubblewrap
            ? []
            : ['bubblewrap is not used: services are not isolated']),
          ...(prlimit ? [] : ['prlimit is missing: services are not limited']),
        ].join('; '),
        'Install the packages bubblewrap and util-linux, or keep to services you trust',
      );
}
