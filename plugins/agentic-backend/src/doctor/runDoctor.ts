import { ConfigReader, type Config } from '@backstage/config';
import { ConfigSources } from '@backstage/config-loader';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Patient } from './Check';
import { CHECKS } from './checks/checks';
import { diagnose } from './diagnose';
import { broken, type Finding } from './Finding';
import { renderReport } from './renderReport';

const USAGE = `usage: agentic-doctor [--config FILE]... [--url PORTAL] [--strict] [--json]

Looks at everything the Agentic Framework needs, also when the portal does not start, and says what
to do. Changes nothing and prints no secret. Run it where the portal is started from, with the
environment the portal has.

  --config FILE  as for the backend; by default app-config.yaml and app-config.local.yaml
  --url PORTAL   where the portal has to answer; by default backend.baseUrl, and then no answer is
                 only a warning
  --strict       warnings count as errors
  --json         the findings as JSON

The token for what only the portal knows is read from the environment variable AGENTIC_TOKEN.

exit code: 0 no error, 1 errors, 2 wrong use
`;

/** Where the doctor writes, and what it runs in. */
export interface DoctorSurroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  out(text: string): void;
  err(text: string): void;
}

/** The command `agentic-doctor`. Answers its exit code. */
export async function runDoctor(
  args: readonly string[],
  { env, cwd, out, err }: DoctorSurroundings,
): Promise<number> {
  let values: ReturnType<typeof readArguments>;
  try {
    values = readArguments(args);
  } catch (error) {
    err(`${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  if (values.help) {
    out(USAGE);
    return 0;
  }
  const root = rootOf(cwd);
  const findings = await examine({
    files: values.config?.map(file => path.resolve(cwd, file)),
    root,
    env,
    url: values.url,
  });
  const failed = findings.some(
    ({ level }) =>
      level === 'error' || (values.strict === true && level === 'warning'),
  );
  out(
    values.json
      ? `${JSON.stringify({ ok: !failed, findings }, undefined, 2)}\n`
      : renderReport(findings),
  );
  return failed ? 1 : 0;
}

async function examine(options: {
  files: string[] | undefined;
  root: string;
  env: NodeJS.ProcessEnv;
  url: string | undefined;
}): Promise<Finding[]> {
  const { root, env, url } = options;
  let config: Config;
  try {
    config = await readConfig(options);
  } catch (error) {
    return [
      broken(
        'config.load',
        'The configuration can be loaded',
        (error as Error).message,
        'Correct the file, or name others with --config; all other checks need it',
      ),
    ];
  }
  const patient: Patient = { config, env, root, url, token: env.AGENTIC_TOKEN };
  return diagnose(CHECKS, patient);
}

function readArguments(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      config: { type: 'string', multiple: true },
      url: { type: 'string' },
      strict: { type: 'boolean' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  }).values;
}

/** The nearest folder above with the portal's configuration, where the portal itself is started. */
function rootOf(folder: string): string {
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, 'app-config.yaml'))) return at;
    if (at === path.dirname(at)) return folder;
  }
}

async function readConfig(options: {
  files: string[] | undefined;
  root: string;
  env: NodeJS.ProcessEnv;
}): Promise<Config> {
  const { files, root, env } = options;
  const source = ConfigSources.default({
    argv: (files ?? []).flatMap(file => ['--config', file]),
    rootDir: root,
    env,
    substitutionFunc: async name => env[name],
  });
  for await (const { configs } of source.readConfigData({
    signal: AbortSignal.timeout(20_000),
  })) {
    // The first answer is the whole of it; what follows are changes of the files.
    return ConfigReader.fromConfigs([...configs]);
  }
  return new ConfigReader({});
}
