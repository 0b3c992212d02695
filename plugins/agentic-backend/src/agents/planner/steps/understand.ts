import type { Problem } from '@agentic-backstage/plugin-agentic-common';
import type { PlanningRequest } from '@agentic-backstage/plugin-agentic-node';
import { toIntent, type IntentFields } from '../fields/IntentFields';
import { quoted } from '../reading/quoted';
import type { Reading } from '../reading/Reading';
import { readWords } from '../reading/readWords';
import type { Understanding } from '../schema';
import { checkConstraints } from './checkConstraints';
import { checkExcluded } from './checkExcluded';
import { checkPurpose, checkTexts } from './checkTexts';
import { readIntent } from './readIntent';
import { resolveTemplate } from './resolveTemplate';
import { validateName } from './validateName';

/**
 * Reads a whole request: words, template, form, defaults, and checks that it can be met. All that
 * is wrong is reported at once.
 */
export function understand(request: PlanningRequest): Understanding {
  const refusal = checkTexts(request);
  if (refusal) return { status: 'refused', problems: [refusal], questions: [] };

  const reading = readWords(request.description ?? '', request.environments);
  if (reading.otherActions.length) {
    return {
      status: 'refused',
      problems: reading.otherActions,
      questions: [],
    };
  }
  const template = resolveTemplate({
    template: request.template,
    mentions: reading.templates,
  });
  const read = readIntent(request, reading, template);
  const problems = [
    ...template.problems,
    ...read.problems,
    ...checkName(read.fields),
    ...checkPurpose(read.fields.description),
    ...checkConstraints(read.fields, request),
    ...checkIncluded(read.fields, reading),
    ...checkExcluded(read.fields, reading),
  ];
  const intent = toIntent(read.fields);
  if (problems.length || read.questions.length || !intent) {
    return { status: 'refused', problems, questions: read.questions };
  }
  const evidence = Object.entries(read.fields).flatMap(([field, settled]) =>
    settled
      ? [
          `${field}: ${settled.value} (${settled.origin}${
            settled.words ? `: ${quoted(settled.words)}` : ''
          })`,
        ]
      : [],
  );
  return {
    status: 'understood',
    intent,
    template: template.id,
    evidence: [`template: ${template.id} (${template.origin})`, ...evidence],
  };
}

/** Parts that only a service with a database has. */
const OF_DATABASE = ['Terraform', 'migrations'];

function checkIncluded(
  { database }: IntentFields,
  { included }: Reading,
): Problem[] {
  if (database?.value !== 'none') return [];
  return included
    .filter(({ value }) => OF_DATABASE.includes(value))
    .map(({ words }) => ({
      field: 'description',
      message: `the request asks for ${quoted(
        words,
      )}, which a service without a database does not have`,
      remedy: 'Leave it out, or add the database postgresql.',
    }));
}

function checkName({ serviceName }: IntentFields): Problem[] {
  if (!serviceName) return [];
  const problem = validateName(
    serviceName.value,
    serviceName.origin === 'words' ? 'description' : 'parameters.serviceName',
  );
  return problem ? [problem] : [];
}
