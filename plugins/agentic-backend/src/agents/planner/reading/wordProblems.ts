import type { Problem } from '@agentic-backstage/plugin-agentic-common';
import { quoted } from './quoted';

const description = (message: string, remedy: string): Problem => ({
  field: 'description',
  message,
  remedy,
});

/** The words ask to delete, migrate, change or operate something. */
export function cannotDo(action: string, words: string): Problem {
  return description(
    `${quoted(
      words,
    )} asks to ${action} something; a request can only create a new service`,
    'Describe the new service to create. What exists already is not changed by a request.',
  );
}

/** The words ask for a part that no service can have yet. */
export function notBuilt(category: string, words: string): Problem {
  return description(
    `${category} ${quoted(words)} is not built yet`,
    'Leave it out. Available: a REST API on Node.js, with PostgreSQL or without a database.',
  );
}

/** The words rule out a part that every service has. */
export function alwaysIncluded(thing: string, words: string): Problem {
  return description(
    `${quoted(
      words,
    )}: every generated service has ${thing}; it cannot be left out`,
    'Leave this out of the request, or remove the files afterwards.',
  );
}

/** The words rule out the deployment. */
export function alwaysDeployed(words: string): Problem {
  return description(
    `${quoted(words)}: a workflow always deploys and verifies the service`,
    'Send the parameters to POST /generate to get the files without deploying, or name the environment to deploy to.',
  );
}

/** The words name a cloud as the place to deploy to. */
export function noSuchTarget(words: string): Problem {
  return description(
    `deploying to ${quoted(
      words,
    )} is not built yet; the service is deployed on this machine`,
    'Leave the target out. The generated Terraform can be applied to AWS by hand.',
  );
}
