import type * as Ruff from '@astral-sh/ruff-wasm-nodejs';
import { z } from 'zod';
import type { Checker } from '../FileCheck';
import { lazyRequire } from '../lazyRequire';

const Diagnostics = z.array(
  z.object({
    code: z.string().nullable(),
    message: z.string(),
    start_location: z.object({ row: z.number() }),
  }),
);

/** What stops a program from working; the other findings are matters of tidiness. */
const BREAKS = /^(?:invalid-syntax|E9\d\d|F(?:5|6|7|82)\d*)$/;

let workspace: Ruff.Workspace | undefined;

/**
 * Checks Python with Ruff: its parser, which is of the newest Python, and the rules of Pyflakes.
 * Types are not checked, and nothing that a file imports is looked at.
 */
export const checkPython: Checker = async ({ content }) => {
  if (!workspace) {
    const ruff = lazyRequire<typeof Ruff>('@astral-sh/ruff-wasm-nodejs');
    workspace = new ruff.Workspace(
      { 'target-version': 'py314', lint: { select: ['E9', 'F'] } },
      ruff.PositionEncoding.Utf16,
    );
  }
  const found = Diagnostics.parse(workspace.check(content));
  return {
    violations: found.map(({ code, message, start_location }) => {
      const rule = code ?? 'invalid-syntax';
      return {
        rule: `python/${rule}`,
        severity: BREAKS.test(rule) ? 'high' : 'low',
        message,
        line: start_location.row,
      };
    }),
  };
};
