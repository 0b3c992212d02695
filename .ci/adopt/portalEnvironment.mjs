import path from 'node:path';

/** Where a portal keeps a `yarn` to be called by its name: machines need not have one. */
export const yarnFolder = portal => path.join(portal, '.yarn', 'bin');

/** The environment of what is run in a portal: with its own Yarn, and with the Node that runs us. */
export function portalEnvironment(portal, more = {}) {
  return {
    ...process.env,
    PATH: [
      yarnFolder(portal),
      path.dirname(process.execPath),
      process.env.PATH,
    ].join(path.delimiter),
    ...more,
  };
}
