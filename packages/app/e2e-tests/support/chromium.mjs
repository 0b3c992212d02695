import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { inRepository } from './repository.mjs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function findChromium() {
  const places = process.env.CHROMIUM ? [process.env.CHROMIUM] : PLACES;
  const found = places.find(place => fs.existsSync(place));
  if (!found) {
    throw new Error(
      `No Chromium at ${places.join(
        ', ',
      )}; install one (Debian: apt-get install chromium), or name it: CHROMIUM=/path/to/it`,
    );
  }
  return found;
}

/**
 * Starts the Chromium that is installed on this machine. Each page that it opens
 * on the portal is somebody of its own, with nothing remembered.
 */
export async function openBrowser(portal) {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ARGS,
  });
  const contexts = [];
  return {
    async newPage({ colorScheme = 'light', storageState } = {}) {
      const context = await browser.newContext({
        baseURL: portal.url,
        colorScheme,
        storageState,
        viewport: { width: 1400, height: 900 },
        locale: 'en-GB',
      });
      context.setDefaultTimeout(60_000);
      contexts.push(context);
      return context.newPage();
    },
    /** Leaves a picture of every open page in e2e-report, for the one who looks for the reason. */
    async reportFailure(name) {
      const folder = inRepository('packages', 'app', 'e2e-report');
      fs.mkdirSync(folder, { recursive: true });
      for (const [index, page] of contexts.flatMap(c => c.pages()).entries()) {
        await page
          .screenshot({ path: path.join(folder, `${name}-${index}.png`) })
          .catch(() => undefined);
      }
    },
    close: () => browser.close(),
  };
}
