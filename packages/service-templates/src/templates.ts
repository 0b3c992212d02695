import { serviceTemplates } from './catalogue/serviceTemplates';
import { ServiceTemplate } from './catalogue/ServiceTemplate';
import { templateHash } from './rendering/templateHash';
import { TemplateDescriptor } from './types';

/** Every template there is, described for someone who has to choose. */
export function listTemplates(): TemplateDescriptor[] {
  return serviceTemplates.map(describeTemplate);
}

/** The template for a choice, or undefined when there is none. */
export function findTemplate(choice: {
  readonly language: string;
  readonly pattern: string;
  readonly database: string;
}): TemplateDescriptor | undefined {
  return listTemplates().find(
    ({ language, pattern, databases }) =>
      language === choice.language &&
      pattern === choice.pattern &&
      databases.includes(choice.database),
  );
}

function describeTemplate(template: ServiceTemplate): TemplateDescriptor {
  const { id, title, description, language, pattern, runtime } = template;
  return {
    id,
    title,
    description,
    language,
    pattern,
    databases: Object.keys(template.databases),
    runtime,
    hash: templateHash(template),
  };
}
