import type { Problem } from '@agentic-backstage/plugin-agentic-common';
import type { PlanningRequest } from '@agentic-backstage/plugin-agentic-node';
import type { IntentFields } from '../fields/IntentFields';
import type { Settled } from '../fields/settle';
import {
  CAPABILITIES,
  neededRuntimes,
  titleOf,
} from '../knowledge/capabilities';
import { quoted } from '../reading/quoted';
import {
  type Costed,
  dollars,
  estimateCost,
  leastMonthlyCost,
} from './estimateCost';

/** The field of the request to change: the form's, or the words. */
function fieldOf(name: string, settled: Settled<unknown>): string {
  return settled.origin === 'words' ? 'description' : `parameters.${name}`;
}

/** Names everything that cannot be met: what is not built, not configured, not installed, or not affordable. */
export function checkConstraints(
  fields: IntentFields,
  request: Pick<PlanningRequest, 'environments' | 'runtimes'>,
): Problem[] {
  return [
    ...checkBuilt(fields),
    ...checkEnvironment(fields, request.environments),
    ...checkPort(fields),
    ...checkRuntimes(fields, request),
    ...checkAvailability(fields),
    ...checkCloud(fields),
    ...checkBudget(fields),
  ];
}

function checkBuilt(fields: IntentFields): Problem[] {
  const problems: Problem[] = [];
  const titles = {
    language: 'language',
    database: 'database',
    pattern: 'kind of interface',
    cloudProvider: 'cloud provider',
  } as const;
  for (const name of [
    'language',
    'database',
    'pattern',
    'cloudProvider',
  ] as const) {
    const settled = fields[name];
    const built: readonly string[] = CAPABILITIES[name];
    if (!settled || built.includes(settled.value)) continue;
    problems.push({
      field: fieldOf(name, settled),
      message: `${titles[name]} ${quoted(settled.value)} is not built yet`,
      remedy: `Available: ${built.join(', ')}.`,
    });
  }
  return problems;
}

function checkEnvironment(
  { environment }: IntentFields,
  environments: readonly string[],
): Problem[] {
  if (!environment || environments.includes(environment.value)) return [];
  return [
    {
      field: fieldOf('environment', environment),
      message: `there is no environment ${quoted(environment.value)}`,
      remedy: `Available: ${environments.join(', ') || 'none is configured'}.`,
    },
  ];
}

function checkPort({ port }: IntentFields): Problem[] {
  if (!port) return [];
  if (
    Number.isInteger(port.value) &&
    port.value >= 1024 &&
    port.value <= 65535
  ) {
    return [];
  }
  return [
    {
      field: fieldOf('port', port),
      message: `port ${port.value} cannot be used`,
      remedy: 'Use a whole number from 1024 to 65535, for example 8080.',
    },
  ];
}

function checkRuntimes(
  { language, database }: IntentFields,
  { runtimes }: Pick<PlanningRequest, 'runtimes'>,
): Problem[] {
  if (!language) return [];
  const needed = neededRuntimes({
    language: language.value,
    database: database?.value ?? 'none',
  });
  return runtimes
    .filter(({ id, available }) => !available && needed.includes(id))
    .map(({ id, detail }) => ({
      field:
        id === database?.value
          ? fieldOf('database', database)
          : 'parameters.language',
      message: `this machine has no ${titleOf(
        id,
      )}, which the service needs: ${detail}`,
      remedy:
        id === database?.value
          ? `Make ${titleOf(id)} available, or ask for no database.`
          : `Make ${titleOf(id)} available and try again.`,
    }));
}

/** Without a database the data is in the process, so a second copy of the service would see other data. */
function checkAvailability({
  highAvailability,
  database,
}: IntentFields): Problem[] {
  if (!highAvailability?.value || database?.value !== 'none') return [];
  return [
    {
      field: fieldOf('highAvailability', highAvailability),
      message:
        'high availability and no database contradict each other: the data would be in the memory of one process',
      remedy: 'Add the database postgresql, or do without high availability.',
    },
  ];
}

/** Words that name a cloud expect something in it; only a database has Terraform. */
function checkCloud({ cloudProvider, database }: IntentFields): Problem[] {
  if (cloudProvider?.origin !== 'words' || database?.value !== 'none') {
    return [];
  }
  return [
    {
      field: 'description',
      message: `the request names the cloud provider ${quoted(
        cloudProvider.value,
      )}, and without a database nothing of the service would be there`,
      remedy: 'Leave the cloud provider out, or add the database postgresql.',
    },
  ];
}

function checkBudget(fields: IntentFields): Problem[] {
  const { monthlyBudget, database, environment } = fields;
  if (!monthlyBudget || !database || !environment) return [];
  const wish = {
    database: database.value,
    environment: environment.value,
    highAvailability: fields.highAvailability?.value ?? false,
  };
  const cost = leastMonthlyCost(wish);
  const budget = monthlyBudget.value;
  if (cost === undefined || cost <= budget) return [];
  const isKnown = estimateCost(wish).monthly !== undefined;
  const costs = `${isKnown ? '' : 'at least '}${dollars(cost)}`;
  const what = wish.highAvailability
    ? `high availability (${titleOf(wish.database)} in two zones)`
    : titleOf(wish.database);
  return [
    {
      field: fieldOf('monthlyBudget', monthlyBudget),
      message: `the budget of ${dollars(
        budget,
      )} a month and ${what} contradict each other: it costs ${costs} a month once its Terraform is applied`,
      remedy: `Ways out, cheapest first: ${waysOut(wish, budget).join('; ')}.`,
    },
  ];
}

/** What could be changed so that budget and wish agree, with the figures, cheapest first. */
function waysOut(wish: Costed, budget: number): string[] {
  const single = { ...wish, highAvailability: false };
  const least = (costed: Costed) => leastMonthlyCost(costed) ?? 0;
  const figure = (costed: Costed) =>
    `${estimateCost(costed).monthly === undefined ? 'at least ' : ''}${dollars(
      least(costed),
    )}`;
  const ways = [`do without the database (${dollars(0)})`];
  if (wish.highAvailability) {
    ways.push(
      least(single) <= budget
        ? `do without high availability (${figure(single)})`
        : `do without high availability and raise the budget to at least ${dollars(
            least(single),
          )}`,
    );
  }
  ways.push(`raise the budget to at least ${dollars(least(wish))}`);
  return ways;
}
