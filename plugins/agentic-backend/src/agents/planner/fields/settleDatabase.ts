import { CAPABILITIES, titleOf } from '../knowledge/capabilities';
import { quoted } from '../reading/quoted';
import type { Mention, Reading } from '../reading/Reading';
import type { Obstacles } from '../schema';
import type { ResolvedTemplate } from '../steps/resolveTemplate';
import { settle, type Settled } from './settle';

const BUILT: readonly string[] = CAPABILITIES.database;

/** Decides the database, or that there is none; asks where one is wanted and not named. */
export function settleDatabase(
  request: {
    readonly form: string | undefined;
    readonly reading: Reading;
    readonly template: ResolvedTemplate;
  },
  obstacles: Obstacles,
): Settled<string> | undefined {
  const { form, reading, template } = request;
  const excluded = reading.excluded.filter(({ field }) => field === 'database');
  const words: Mention[] = [
    ...reading.wanted.filter(({ field }) => field === 'database'),
    ...noDatabase(reading, excluded),
  ];
  const before = obstacles.problems.length + obstacles.questions.length;
  const settled = settle(
    {
      field: 'database',
      title: 'database',
      form,
      words,
      excluded,
    },
    obstacles,
  );
  const after = obstacles.problems.length + obstacles.questions.length;
  if (!settled && after > before) return undefined;

  if (settled?.value === 'none' && reading.someDatabase) {
    obstacles.questions.push({
      field: 'parameters.database',
      question: `The request asks for ${quoted(
        reading.someDatabase,
      )} and for no database. Which is right?`,
      options: [...BUILT],
    });
    return undefined;
  }
  if (settled?.value === 'none' && template.database) {
    obstacles.problems.push({
      field: settled.origin === 'form' ? 'parameters.database' : 'description',
      message: `template ${template.id} is a service with ${titleOf(
        template.database,
      )}, and the ${settled.origin} asks for no database`,
      remedy:
        'Use the template microservice-rest-api, or leave the database to the template.',
    });
    return undefined;
  }
  if (settled) return settled;
  if (template.database) {
    return { value: template.database, origin: 'template' };
  }
  if (reading.someDatabase) {
    obstacles.questions.push({
      field: 'parameters.database',
      question: `Which database is ${quoted(reading.someDatabase)}?`,
      options: [...BUILT],
    });
    return undefined;
  }
  return { value: 'none', origin: 'default' };
}

/** Ruling out the only database there is, without naming another one, asks for none. */
function noDatabase(
  reading: Reading,
  excluded: readonly Mention[],
): readonly Mention[] {
  if (reading.noDatabase) return [{ value: 'none', words: reading.noDatabase }];
  const named = reading.wanted.some(({ field }) => field === 'database');
  const ruledOut = excluded.find(({ value }) => BUILT.includes(value));
  if (named || !ruledOut) return [];
  return [{ value: 'none', words: `no ${ruledOut.words}` }];
}
