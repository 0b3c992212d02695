import type { WorkflowParameters } from '@agentic-backstage/plugin-agentic-common';
import type { PlanningRequest } from '@agentic-backstage/plugin-agentic-node';
import type { IntentFields } from '../fields/IntentFields';
import { settle, type Settled } from '../fields/settle';
import { fromForm, settleChoice } from '../fields/settleChoice';
import { settleDatabase } from '../fields/settleDatabase';
import { settleEnvironment } from '../fields/settleEnvironment';
import { settleName } from '../fields/settleName';
import { settleOwner } from '../fields/settleOwner';
import { quoted } from '../reading/quoted';
import type { Reading } from '../reading/Reading';
import type { Obstacles } from '../schema';
import type { ResolvedTemplate } from './resolveTemplate';

/** What is used where a request says nothing; shown with the origin "default". */
export const DEFAULTS = {
  language: 'nodejs',
  pattern: 'rest-api',
  port: 8080,
  highAvailability: false,
} as const;

/** The fields that could be decided, and what stands in the way of the others. */
export interface IntentReading extends Obstacles {
  readonly fields: IntentFields;
}

/** Joins the form, the words, the template and the stated defaults, with the origin of each value. */
export function readIntent(
  request: PlanningRequest,
  reading: Reading,
  template: ResolvedTemplate,
): IntentReading {
  const { parameters } = request;
  const obstacles: Obstacles = {
    problems: [...reading.problems],
    questions: [...reading.questions],
  };
  askWhatToCreate(request, reading, obstacles);
  const choose = (
    field: 'language' | 'pattern' | 'cloudProvider',
    title: string,
  ) =>
    settleChoice({ field, title, form: parameters[field], reading }, obstacles);
  const database = fromForm('database', parameters.database);
  const fields: IntentFields = {
    serviceName: settleName(request, reading, obstacles),
    description: settle(
      {
        field: 'description',
        title: 'description',
        form: parameters.description?.trim() || undefined,
        words: reading.descriptions,
      },
      obstacles,
    ),
    owner: settleOwner(request, reading, obstacles),
    language: choose('language', 'language') ?? byDefault(DEFAULTS.language),
    pattern:
      choose('pattern', 'kind of interface') ?? byDefault(DEFAULTS.pattern),
    database: settleDatabase({ form: database, reading, template }, obstacles),
    cloudProvider: choose('cloudProvider', 'cloud provider'),
    environment: settleEnvironment(request, reading, obstacles),
    ...settleFigures(parameters, reading, obstacles),
  };
  return { fields, ...obstacles };
}

function byDefault<Value>(value: Value): Settled<Value> {
  return { value, origin: 'default' };
}

function settleFigures(
  parameters: WorkflowParameters,
  reading: Reading,
  obstacles: Obstacles,
): Pick<IntentFields, 'port' | 'highAvailability' | 'monthlyBudget'> {
  return {
    port:
      settle<number>(
        {
          field: 'port',
          title: 'port',
          form: parameters.port,
          words: reading.ports,
        },
        obstacles,
      ) ?? byDefault(DEFAULTS.port),
    highAvailability:
      settle<boolean>(
        {
          field: 'highAvailability',
          title: 'availability',
          form: parameters.highAvailability,
          words: reading.availability,
          show: high => (high ? 'highly available' : 'not highly available'),
        },
        obstacles,
      ) ?? byDefault(DEFAULTS.highAvailability),
    monthlyBudget: settle<number>(
      {
        field: 'monthlyBudget',
        title: 'monthly budget',
        form: parameters.monthlyBudget,
        words: reading.budgets,
        show: amount => `$${amount}`,
      },
      obstacles,
    ),
  };
}

/** Words that only ask to deploy something mean something that exists; that is not created by guessing. */
function askWhatToCreate(
  { description }: PlanningRequest,
  { create, deploy, indefinite, names }: Reading,
  obstacles: Obstacles,
): void {
  if (!description?.trim() || create || !deploy || indefinite) return;
  const [name] = names;
  obstacles.questions.push({
    field: 'description',
    question: `Shall ${
      name ? quoted(name.value) : 'the service'
    } be created first? A request creates a new service and deploys it; it does not deploy again what exists.`,
    options: [`create ${name?.value ?? 'a service'}`],
  });
}
