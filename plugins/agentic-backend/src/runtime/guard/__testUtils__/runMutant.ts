import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { bundleProgram } from '../../../__testUtils__/bundleProgram';
import type { PropertyOutcome } from './guardProgram';

/** A change of the guard's code, as it stands in the bundle. */
export interface Mutation {
  readonly from: string | RegExp;
  readonly to: string;
}

/**
 * Runs the property on the guard with pieces of its code changed, in a process of its own. Throws when
 * a piece is not there exactly once: then the table of mutants has to follow the code.
 */
export async function runMutant(
  mutations: readonly Mutation[],
  options: { runs: number; seed?: number },
): Promise<PropertyOutcome> {
  const bundle = bundleProgram(require.resolve('./guardProgram'));
  if (mutations.length === 0) return run(bundle, options);
  const mutated = mutations.reduce(mutate, readFileSync(bundle, 'utf8'));
  const mutant = bundle.replace(
    /\.cjs$/,
    `-${Math.random().toString(36).slice(2)}.cjs`,
  );
  writeFileSync(mutant, mutated);
  try {
    return await run(mutant, options);
  } finally {
    rmSync(mutant);
  }
}

function mutate(source: string, { from, to }: Mutation): string {
  const places =
    typeof from === 'string'
      ? source.split(from).length - 1
      : [...source.matchAll(new RegExp(from, `${from.flags}g`))].length;
  if (places !== 1) {
    throw new Error(
      `The code to change is there ${places} times, not once: ${from}`,
    );
  }
  return source.replace(from, to);
}

function run(
  program: string,
  options: { runs: number; seed?: number },
): Promise<PropertyOutcome> {
  const child = spawn(process.execPath, [program, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, NODE_ENV: 'test' },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', chunk => {
    out += chunk;
  });
  child.stderr.on('data', chunk => {
    err += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code =>
      code === 0
        ? resolve(JSON.parse(out) as PropertyOutcome)
        : reject(new Error(`It ended with ${code}: ${err.slice(-3000)}`)),
    );
  });
}
