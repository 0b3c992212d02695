import type { Intent } from '@agentic-backstage/plugin-agentic-common';
import {
  findTemplate,
  listTemplates,
  type TemplateDescriptor,
} from '@agentic-backstage/service-templates';
import { InputError } from '@backstage/errors';

/** The template for an intent. Refuses what has none, naming what there is. */
export function chooseTemplate(
  intent: Pick<Intent, 'language' | 'pattern' | 'database'>,
): TemplateDescriptor {
  const template = findTemplate(intent);
  if (!template) {
    const choices = listTemplates().map(
      ({ language, pattern, databases }) =>
        `${language} ${pattern} (${databases.join(', ')})`,
    );
    throw new InputError(
      `There is no template for ${intent.language}, ${
        intent.pattern
      } and database '${intent.database}'; choose one of: ${choices.join(
        '; ',
      )}`,
    );
  }
  return template;
}
