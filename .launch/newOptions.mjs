import path from 'node:path';
import { parseArgs } from 'node:util';
import { LaunchError } from './log.mjs';

const AGENT_ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const TOOL_ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*(\.[a-z][a-z0-9]*(-[a-z0-9]+)*)+$/;
const SCOPE = /^@[a-z0-9][a-z0-9._-]*$/;
const MOST = 40;

/** What each command makes, and how it is called. */
const KINDS = {
  agent: {
    usage:
      'npm run new:agent -- <id> [--title "A title"] [--into <another app> [--scope @acme]]',
    pattern: AGENT_ID,
    form: 'lower-case words with hyphens between them, for example licence-check',
    options: [],
  },
  tool: {
    usage:
      'npm run new:tool -- <area.verb> [--effect] [--title "A title"] [--into <another app> [--scope @acme]]',
    pattern: TOOL_ID,
    form: 'an area and a verb in lower case with a dot between them, for example ticket.read',
    options: ['effect'],
  },
};

const refuse = (kind, problem) => {
  throw new LaunchError(`${problem}\n\n  ${KINDS[kind].usage}`);
};

function parse(kind, args) {
  const options = {
    title: { type: 'string' },
    into: { type: 'string' },
    scope: { type: 'string' },
    ...Object.fromEntries(
      KINDS[kind].options.map(name => [name, { type: 'boolean' }]),
    ),
  };
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    return refuse(kind, error.message);
  }
}

/** Reads what somebody wants to be made. Refuses what cannot be made, with the reason and how to ask. */
export function readNewOptions(kind, args) {
  const { values, positionals } = parse(kind, args);
  const { pattern, form } = KINDS[kind];
  if (positionals.length !== 1) {
    refuse(
      kind,
      positionals.length === 0
        ? `Say how the ${kind} is called.`
        : `One ${kind} at a time: ${positionals.join(', ')} are ${
            positionals.length
          } names.`,
    );
  }
  const [id] = positionals;
  if (!pattern.test(id)) {
    refuse(kind, `"${id}" cannot be the id of a ${kind}: it is ${form}.`);
  }
  if (id.length < 2 || id.length > MOST) {
    refuse(kind, `"${id}" has to have between 2 and ${MOST} characters.`);
  }
  if (
    values.title !== undefined &&
    !/^[\p{L}\p{N}][\p{L}\p{N} -]{0,59}$/u.test(values.title)
  ) {
    refuse(
      kind,
      `"${values.title}" cannot be a title: it has letters, digits, spaces and hyphens, 60 at most.`,
    );
  }
  if (values.scope !== undefined && !values.into) {
    refuse(
      kind,
      '--scope is for packages of another app; say which with --into.',
    );
  }
  if (values.scope !== undefined && !SCOPE.test(values.scope)) {
    refuse(kind, `"${values.scope}" is no npm scope; for example @acme.`);
  }
  return {
    id,
    title: values.title,
    effect: values.effect ?? false,
    into: values.into && path.resolve(values.into),
    scope: values.scope ?? '@internal',
  };
}
