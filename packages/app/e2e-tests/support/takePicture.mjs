import fs from 'node:fs';
import path from 'node:path';

/** Keeps a picture of the page when AGENTIC_PICTURES names a folder for them. */
export async function takePicture(page, name) {
  const folder = process.env.AGENTIC_PICTURES;
  if (folder) {
    fs.mkdirSync(folder, { recursive: true });
    await page.mouse.move(0, 0);
    await page.evaluate(() => window.scrollTo(0, 0));
    await page.screenshot({ path: path.join(folder, `${name}.png`) });
  }
}

/** Keeps one picture in the light and one in the dark theme. */
export async function takePictures(page, name) {
  for (const colorScheme of ['dark', 'light']) {
    await page.emulateMedia({ colorScheme });
    await takePicture(page, `${name}-${colorScheme}`);
  }
}
