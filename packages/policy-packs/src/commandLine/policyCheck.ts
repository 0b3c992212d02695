import { PolicyRequestError } from '../PolicyRequestError';
import { promises as fs } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import {
  checkPolicy,
  checkPolicyOfFiles,
  PolicyRequest,
} from '../evaluation/checkPolicy';
import type { PolicyResult } from '../evaluation/checkPolicy';
import { toCsv } from '../output/toCsv';
import { toJunit } from '../output/toJunit';
import { toRuleTable } from '../output/toRuleTable';
import { toSarif } from '../output/toSarif';
import { toText } from '../output/toText';
import { readFiles } from './readFiles';
import { readOptions, USAGE } from './readOptions';
import type { Format, Mode, Options } from './readOptions';

/** Where the command reads and writes. */
export interface Streams {
  readonly input: Readable;
  readonly write: (text: string) => void;
  readonly complain: (text: string) => void;
}

const WRITERS: Readonly<Record<Format, (result: PolicyResult) => string>> = {
  text: toText,
  json: result => JSON.stringify(result, undefined, 2),
  sarif: toSarif,
  junit: toJunit,
  csv: toCsv,
};

/** Whether a verdict lets the work go on in a mode. */
export function isAllowed(
  { verdict }: Pick<PolicyResult, 'verdict'>,
  mode: Mode,
): boolean {
  return (
    mode === 'development' ||
    verdict === 'allow' ||
    (mode === 'staging' && verdict === 'needs_review')
  );
}

async function readParameters(
  file: string | undefined,
): Promise<NonNullable<PolicyRequest['parameters']>> {
  if (file === undefined) {
    return {};
  }
  const text = await fs.readFile(file, 'utf8').catch(() => {
    throw new PolicyRequestError(`The parameters ${file} cannot be read`);
  });
  const parsed = PolicyRequest.shape.parameters.safeParse(
    parseJson(text, `The parameters ${file}`),
  );
  if (!parsed.success || parsed.data === undefined) {
    throw new PolicyRequestError(`The parameters ${file} are no JSON object`);
  }
  return parsed.data;
}

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PolicyRequestError(`${what}: this is no JSON`);
  }
}

/** Answers one line of JSON. What is wrong with the line is told in the answer, so that the next one gets its own. */
function answerLine(line: string): object {
  try {
    const request = PolicyRequest.safeParse(parseJson(line, 'The line'));
    if (!request.success) {
      throw new PolicyRequestError(
        request.error.issues
          .map(({ path, message }) => `${path.join('.') || 'line'}: ${message}`)
          .join('; '),
      );
    }
    return checkPolicy(request.data);
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

async function answerLines({ input, write }: Streams): Promise<number> {
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    if (line.trim() !== '') {
      write(JSON.stringify(answerLine(line)));
    }
  }
  return 0;
}

async function checkPaths(
  options: Options,
  { write }: Streams,
): Promise<number> {
  const parameters = await readParameters(options.parameters);
  const files = await readFiles(options.paths);
  const { type } = options;
  const result =
    type === undefined
      ? checkPolicyOfFiles(files, parameters)
      : mergeResults(
          files.map(({ path, content }) =>
            checkPolicy({ type, content, filename: path, parameters }),
          ),
        );
  write(WRITERS[options.format](result));
  return isAllowed(result, options.mode) ? 0 : 1;
}

function mergeResults(results: readonly PolicyResult[]): PolicyResult {
  const verdicts = results.map(({ verdict }) => verdict);
  const worst =
    (['deny', 'needs_review', 'allow'] as const).find(verdict =>
      verdicts.includes(verdict),
    ) ?? 'allow';
  return {
    valid: results.every(({ valid }) => valid),
    verdict: worst,
    violations: results.flatMap(({ violations }) => violations),
    undecided: results.flatMap(({ undecided }) => undecided),
    packs: results[0]?.packs ?? [],
  };
}

/** Runs `policy-check` and answers its exit code: 0 allowed, 1 refused, 2 wrong use. */
export async function policyCheck(
  args: readonly string[],
  streams: Streams,
): Promise<number> {
  try {
    const options = readOptions(args);
    if (options.help || options.rules) {
      streams.write(options.help ? USAGE : toRuleTable());
      return 0;
    }
    return await (options.jsonl
      ? answerLines(streams)
      : checkPaths(options, streams));
  } catch (error) {
    if (!(error instanceof PolicyRequestError)) {
      throw error;
    }
    streams.complain(`${error.message}\n\n${USAGE}`);
    return 2;
  }
}
