import { PolicyRequestError } from '../PolicyRequestError';
import { parseArgs } from 'node:util';

/** How strict a check is: development advises, staging refuses what is denied, production also what needs a review. */
export const MODES = ['development', 'staging', 'production'] as const;
export type Mode = (typeof MODES)[number];

/** How the result is written. */
export const FORMATS = ['text', 'json', 'sarif', 'junit', 'csv'] as const;
export type Format = (typeof FORMATS)[number];

/** What the command line was asked to do. */
export interface Options {
  readonly paths: readonly string[];
  readonly jsonl: boolean;
  readonly rules: boolean;
  readonly help: boolean;
  readonly format: Format;
  readonly mode: Mode;
  readonly type?: string;
  readonly parameters?: string;
}

export const USAGE = `Usage: policy-check [options] <file or folder>...

  --type <type>        what the files are, instead of telling it from their names and contents
  --parameters <file>  a JSON object with parameters of rules
  --format <format>    ${FORMATS.join(', ')} (text)
  --mode <mode>        ${MODES.join(', ')} (staging): development never fails,
                       production also fails what could not be judged
  --jsonl              one { type, content, parameters?, filename? } a line on standard input,
                       one { valid, violations } a line on standard output
  --rules              print the table of rules
  --help               print this

Exit codes: 0 allowed, 1 refused, 2 wrong use`;

function oneOf<T extends string>(
  name: string,
  value: string,
  allowed: readonly T[],
): T {
  const found = allowed.find(one => one === value);
  if (found === undefined) {
    throw new PolicyRequestError(
      `--${name} ${value} is not known: use one of ${allowed.join(', ')}`,
    );
  }
  return found;
}

/** Reads the arguments. Throws `PolicyRequestError` in words for people. */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parse(args);
  const options = {
    paths: positionals,
    jsonl: values.jsonl ?? false,
    rules: values.rules ?? false,
    help: values.help ?? false,
    format: oneOf('format', values.format ?? 'text', FORMATS),
    mode: oneOf('mode', values.mode ?? 'staging', MODES),
    ...(values.type !== undefined && { type: values.type }),
    ...(values.parameters !== undefined && { parameters: values.parameters }),
  };
  if (options.jsonl && positionals.length > 0) {
    throw new PolicyRequestError(
      '--jsonl reads standard input: give no files beside it',
    );
  }
  if (
    positionals.length === 0 &&
    !options.jsonl &&
    !options.help &&
    !options.rules
  ) {
    throw new PolicyRequestError('Name at least one file or folder');
  }
  return options;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        jsonl: { type: 'boolean' },
        rules: { type: 'boolean' },
        help: { type: 'boolean' },
        format: { type: 'string' },
        mode: { type: 'string' },
        type: { type: 'string' },
        parameters: { type: 'string' },
      },
    });
  } catch (error) {
    throw new PolicyRequestError(
      error instanceof Error ? error.message : String(error),
    );
  }
}
