import fs from 'node:fs';
import path from 'node:path';

/**
 * Keeps a picture of the address that the page is on, in the light and in the
 * dark theme, when AGENTIC_PICTURES names a folder for them. The page itself is
 * not touched: a change of the theme would build it anew.
 */
export async function takePictures(browser, page, name) {
  const folder = process.env.AGENTIC_PICTURES;
  if (!folder) {
    return;
  }
  fs.mkdirSync(folder, { recursive: true });
  const storageState = await page.context().storageState();
  for (const colorScheme of ['light', 'dark']) {
    const other = await browser.newPage({ colorScheme, storageState });
    await other.goto(page.url());
    await other.getByRole('heading', { level: 1 }).first().waitFor();
    await other.getByRole('progressbar').first().waitFor({ state: 'hidden' });
    // Fonts and transitions.
    await other.waitForTimeout(3_000);
    await other.screenshot({
      path: path.join(folder, `${name}-${colorScheme}.png`),
    });
    await other.context().close();
  }
}
