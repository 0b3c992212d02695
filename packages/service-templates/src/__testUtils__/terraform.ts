import { spawnSync } from 'child_process';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/** Whether this machine has Terraform; what needs it says skipped otherwise. */
export const hasTerraform = spawnSync('terraform', ['version']).status === 0;

/** Whether `terraform fmt` takes a file as it is; the text is its complaint. */
export function formatProblem(content: string): string {
  const { status, stdout, stderr } = spawnSync(
    'terraform',
    ['fmt', '-check', '-diff', '-'],
    {
      input: content,
      encoding: 'utf8',
    },
  );
  return status === 0 ? '' : stdout + stderr;
}

/** What Terraform makes of an expression, as JSON. */
export function evaluate(expression: string): unknown {
  const folder = mkdtempSync(join(tmpdir(), 'service-templates-'));
  try {
    const { stdout } = spawnSync('terraform', ['console'], {
      cwd: folder,
      input: `jsonencode(${expression})\n`,
      encoding: 'utf8',
    });
    return JSON.parse(JSON.parse(stdout));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
