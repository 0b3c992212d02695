import type { Problem } from '@agentic-backstage/plugin-agentic-common';
import { quoted } from '../reading/quoted';
import { lookAlike } from './lookAlike';

const SHORTEST = 3;
const LONGEST = 40;
const LABEL = /^[a-z][a-z0-9-]*[a-z0-9]$/;
const REMEDY = `Use ${SHORTEST} to ${LONGEST} lower-case letters (a-z), digits and hyphens; begin with a letter and end with a letter or digit, for example “user-service”.`;

/** Names that a file system, Kubernetes, PostgreSQL, npm or a portal keeps for itself. */
const RESERVED = new Set(
  `con prn aux nul com0 com1 com2 com3 com4 com5 com6 com7 com8 com9
   lpt0 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9
   node-modules node_modules favicon.ico package
   default kubernetes kube-system kube-public kube-node-lease localhost
   postgres postgresql template0 template1 information-schema root admin
   express constructor prototype hasownproperty __proto__
   true false null yes off head git backstage agentic`.split(/\s+/),
);

/** What is wrong with the name of a service; undefined when nothing is. */
export function validateName(
  name: string,
  field: 'parameters.serviceName' | 'description',
): Problem | undefined {
  const reason = reasonAgainst(name);
  if (!reason) return undefined;
  const suggestion = suggestName(name);
  return {
    field,
    message: `the service name ${quoted(name)} ${reason}`,
    remedy: suggestion ? `${REMEDY} Did you mean “${suggestion}”?` : REMEDY,
  };
}

function reasonAgainst(name: string): string | undefined {
  if (name.trim() === '') return 'is empty';
  const foreign = [...name].find(char => (char.codePointAt(0) ?? 0) > 126);
  if (foreign) return `has ${describe(foreign)}`;
  const length = [...name].length;
  if (length > LONGEST) return `is ${length} characters long`;
  if (/[\p{Cc}]/u.test(name)) return 'has a control character';
  if (isReserved(name)) return 'is reserved';
  if (/\s/.test(name)) return 'has a space';
  if (/\.\.|[/\\]/.test(name)) return 'has a path in it';
  if (/[A-Z]/.test(name)) return 'has upper-case letters';
  if (/^[^a-z]/.test(name)) return 'does not begin with a letter';
  const odd = /[^a-z0-9-]/.exec(name);
  if (odd) return `has the character ${quoted(odd[0])}`;
  if (name.endsWith('-')) return 'ends with a hyphen';
  if (name.startsWith('xn--')) return 'is an encoded international name';
  if (length < SHORTEST) return `is only ${length} characters long`;
  return LABEL.test(name) ? undefined : 'is not a DNS label';
}

function isReserved(name: string): boolean {
  const lower = name.toLowerCase();
  return RESERVED.has(lower) || lower.startsWith('kube-');
}

function describe(char: string): string {
  const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase();
  const point = `U+${code.padStart(4, '0')}`;
  const twin = lookAlike(char);
  return twin
    ? `the character ${quoted(
        char,
      )} (${point}), which only looks like “${twin}”`
    : `the character ${quoted(
        char,
      )} (${point}), which is not a-z, 0-9 or a hyphen`;
}

/** A valid name close to the one given; none where the name looks like an attack rather than a slip. */
function suggestName(name: string): string | undefined {
  if (
    name.length > 2 * LONGEST ||
    /[\p{Cc}/\\$`;|&<>{}()"'%!*?]|^xn--/u.test(name)
  ) {
    return undefined;
  }
  const suggestion = [...name]
    .map(char => lookAlike(char) ?? char)
    .join('')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, LONGEST)
    .replace(/-+$/, '');
  const base = isReserved(suggestion) ? `${suggestion}-service` : suggestion;
  return reasonAgainst(base) ? undefined : base;
}
