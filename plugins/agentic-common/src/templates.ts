/** The template a request gets when it names none. */
export const DEFAULT_TEMPLATE = 'microservice-rest-api';

/**
 * The canonical template ids and their aliases. The specification uses several names for the
 * same thing; all of them are accepted and mapped to one.
 */
export const TEMPLATE_ALIASES: Readonly<Record<string, string>> = {
  'microservice-rest-api': 'microservice-rest-api',
  'rest-api-postgres': 'rest-api-postgres',
  'microservice-db': 'microservice-with-db',
  'microservice-with-db': 'microservice-with-db',
};
