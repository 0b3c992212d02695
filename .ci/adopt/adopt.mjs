import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { stepsOf } from '../../packages/app/e2e-tests/support/stepsOf.mjs';
import { AdoptedPortal } from './AdoptedPortal.mjs';
import { createPortal } from './createPortal.mjs';
import { doMainJob } from './doMainJob.mjs';
import { findForeignVersions } from './findForeignVersions.mjs';
import { packedPackages } from './packedPackages.mjs';
import { readSteps } from './readSteps.mjs';
import { takeStep } from './runStep.mjs';
import { startRegistry } from './startRegistry.mjs';

const GUIDE = fileURLToPath(new URL('../../docs/install.md', import.meta.url));

/** A folder that the user of the database server can reach as well. */
function newFolder() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'agentic-adopt-'));
  fs.chmodSync(folder, 0o755);
  return fs.realpathSync(folder);
}

/**
 * Follows docs/install.md in a new portal of Backstage's own template, to the
 * end of the main job. The test context gets a subtest for each step.
 */
export async function adopt(t, { release, legacy }) {
  const folder = newFolder();
  const registry = await startRegistry(packedPackages());
  const portal = new AdoptedPortal(path.join(folder, 'portal'));
  t.after(async () => {
    await portal.remove();
    await registry.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });
  const step = stepsOf(t);
  const kind = legacy ? 'legacy' : 'new';
  const guide = readSteps(GUIDE);
  const forEverybody = guide.filter(
    ({ only }) => only.length === 0 || only.includes(kind),
  );

  await step(`a portal of Backstage ${release} is created`, async () => {
    await createPortal({
      folder,
      portal: portal.folder,
      release,
      legacy,
      registry: registry.url,
    });
  });
  const follow = each => takeStep(portal.folder, each);
  for (const each of forEverybody) {
    const [title] = each.code.split('\n');
    await step(`the guide: ${title}`, () => follow(each));
  }

  await step('our packages take the Backstage that is there', () => {
    assert.deepEqual(findForeignVersions(portal.folder), []);
  });

  await step('its pages are built', () => portal.build());
  await step('it starts', () => portal.start());
  await doMainJob(t, {
    portal,
    step,
    becomeSecondPerson: async () => {
      for (const each of guide) {
        if (each.only.includes('second-person')) {
          await follow(each);
        }
      }
    },
  });
}
