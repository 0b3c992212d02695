import {
  DEFAULT_TEMPLATE,
  type Problem,
  TEMPLATE_ALIASES,
} from '@agentic-backstage/plugin-agentic-common';
import { quoted } from '../reading/quoted';
import type { Mention } from '../reading/Reading';
import type { Origin } from '../schema';

/** The template of a request and what it stands for. */
export interface ResolvedTemplate {
  readonly id: string;
  readonly origin: Origin;
  /** The database that the template's name promises. */
  readonly database?: string;
  readonly problems: Problem[];
}

const IMPLIED_DATABASE: Readonly<Record<string, string>> = {
  'rest-api-postgres': 'postgresql',
  'microservice-with-db': 'postgresql',
};

const known = Object.keys(TEMPLATE_ALIASES).join(', ');

/** Finds the template that the form or the words name, by any of its names; without one it is the default. */
export function resolveTemplate(request: {
  readonly template?: string;
  readonly mentions: readonly Mention[];
}): ResolvedTemplate {
  const problems: Problem[] = [];
  const resolve = (name: string, field: string) => {
    if (Object.hasOwn(TEMPLATE_ALIASES, name)) return TEMPLATE_ALIASES[name];
    problems.push({
      field,
      message: `there is no template ${quoted(name)}`,
      remedy: `Use one of: ${known}.`,
    });
    return undefined;
  };
  const form = request.template?.trim()
    ? resolve(request.template.trim(), 'template')
    : undefined;
  const words = request.mentions.map(mention =>
    resolve(mention.value, 'description'),
  );
  const named = [...new Set([form, ...words].filter(id => id !== undefined))];
  if (named.length > 1) {
    problems.push({
      field: form ? 'template' : 'description',
      message: `the request names several templates: ${named.join(' and ')}`,
      remedy: 'Name one of them, in the form or in the words.',
    });
  }
  const id = named[0] ?? DEFAULT_TEMPLATE;
  const stated: Origin = form ? 'form' : 'words';
  return {
    id,
    origin: named.length ? stated : 'default',
    database: Object.hasOwn(IMPLIED_DATABASE, id)
      ? IMPLIED_DATABASE[id]
      : undefined,
    problems,
  };
}
