import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inRepository } from './repository.mjs';

/** Where a picture goes: into the documentation when it is to be updated, else beside those of failures. */
function folderOfPictures() {
  return process.env.AGENTIC_UPDATE_PICTURES === '1'
    ? inRepository('docs', 'images')
    : inRepository('packages', 'app', 'e2e-report', 'pictures');
}

/** Writes "…" for the folder in every text of the page, or puts back what was there. */
function hideFolder({ folder, hidden }) {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const [from, to] = hidden ? [folder, '/…'] : ['/…', folder];
  while (texts.nextNode()) {
    const node = texts.currentNode;
    if (node.data.includes(from)) {
      node.data = node.data.replaceAll(from, to);
    }
  }
}

/**
 * Keeps a picture of what the page shows now, for the documentation: in the light theme, in the
 * window that every test has, without the folder that this portal happens to be in. With
 * AGENTIC_UPDATE_PICTURES=1 it becomes the picture in docs/images. A test of the documentation wants
 * each name used there, and nothing there without a test that takes it.
 */
export async function takePicture(page, name, portal) {
  const folder = folderOfPictures();
  fs.mkdirSync(folder, { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(hideFolder, { folder: portal.folder, hidden: true });
  try {
    const text = await page.evaluate(() => document.body.innerText);
    for (const place of [os.tmpdir(), os.homedir(), inRepository()]) {
      assert.ok(
        place === '/' || !text.includes(`${place}/`),
        `The picture ${name} would show ${place}`,
      );
    }
    await page.screenshot({
      path: path.join(folder, `${name}.png`),
      animations: 'disabled',
      caret: 'hide',
    });
  } finally {
    await page.evaluate(hideFolder, { folder: portal.folder, hidden: false });
  }
}
