import fs from 'node:fs';
import { createRequire } from 'node:module';

const axe = fs.readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

// Backstage's own entry in the sidebar: its number of unread messages is not in its name.
const NOT_OURS = ['a[aria-label="Notifications"]'];

/**
 * What axe finds wrong on the page, serious and critical findings only: rule,
 * what it means, and the elements, each as its selector and what axe saw.
 */
export async function findAccessibilityViolations(page) {
  await page.evaluate(axe);
  return page.evaluate(async exclude => {
    const { violations } = await window.axe.run(
      { exclude },
      { resultTypes: ['violations'] },
    );
    return violations
      .filter(({ impact }) => ['serious', 'critical'].includes(impact))
      .map(({ id, help, nodes }) => ({
        rule: id,
        help,
        elements: nodes.map(node => ({
          target: node.target.join(' '),
          html: node.html.slice(0, 200),
          found: node.any
            .concat(node.all, node.none)
            .map(({ message }) => message)
            .join('; '),
        })),
      }));
  }, NOT_OURS);
}
