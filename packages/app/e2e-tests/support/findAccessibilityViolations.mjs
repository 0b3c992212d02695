import fs from 'node:fs';
import { createRequire } from 'node:module';

const axe = fs.readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

/**
 * What axe finds wrong on the page, serious and critical findings only: rule,
 * what it means, and the elements, each as its selector and what axe saw.
 */
export async function findAccessibilityViolations(page, { within = 'body' } = {}) {
  await page.evaluate(axe);
  return page.evaluate(async root => {
    const { violations } = await window.axe.run(root, {
      resultTypes: ['violations'],
    });
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
  }, within);
}
