import type * as Hcl2Json from '@cdktn/hcl2json';
import type { Checker, FileViolation } from '../FileCheck';
import { lazyRequire } from '../lazyRequire';
import { withOwnGo } from '../withOwnGo';

const FILE_NAME = 'source.tf';
const FINDING =
  /source\.tf:(\d+),\d+(?:-(?:\d+,)?\d+)?: ([\s\S]*?)(?=\s+source\.tf:\d+,\d+-(?:\d+,)?\d+: |\]?$)/g;

function violationsOf(message: string): FileViolation[] {
  const found = [...message.matchAll(FINDING)].map(
    ([, line, text]): FileViolation => ({
      rule: 'terraform/syntax',
      severity: 'high',
      message: text,
      line: Number(line),
    }),
  );
  return found.length > 0
    ? found
    : [{ rule: 'terraform/syntax', severity: 'high', message }];
}

/** Parses Terraform with HashiCorp's own HCL parser. Resource types and arguments are not held against provider schemas. */
export const checkTerraform: Checker = async ({ content }) => {
  try {
    await withOwnGo('@cdktn/hcl2json', () =>
      lazyRequire<typeof Hcl2Json>('@cdktn/hcl2json').parse(FILE_NAME, content),
    );
    return { violations: [] };
  } catch (error) {
    return {
      violations: violationsOf(
        error instanceof Error ? error.message : String(error),
      ),
    };
  }
};
