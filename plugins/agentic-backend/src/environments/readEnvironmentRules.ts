import {
  DataClass,
  EVERYONE,
  OWNERS,
} from '@agentic-backstage/plugin-agentic-common';
import type { Config } from '@backstage/config';
import type { EnvironmentRule, EnvironmentRules } from './EnvironmentRules';

const KEY = 'agentic.environments';

/** Production opens only when it is said for whom. */
const DEFAULTS: EnvironmentRules = {
  development: {
    requesters: [EVERYONE],
    operators: [],
    automatedSystems: [],
    dataClass: 'synthetic',
    requireChangeReason: false,
  },
  staging: {
    requesters: [EVERYONE],
    operators: [],
    automatedSystems: [],
    dataClass: 'anonymised',
    requireChangeReason: false,
  },
  production: {
    requesters: [],
    operators: [],
    automatedSystems: [],
    dataClass: 'live',
    requireChangeReason: true,
  },
};

const REF = /^[a-z]+:[^\s/:]+\/[^\s/:]+$/;

/**
 * Reads `agentic.environments`: who may ask for work where. What is left out keeps its default;
 * an environment of your own starts closed. Throws naming the key and the remedy.
 */
export function readEnvironmentRules(config: Config): EnvironmentRules {
  const section = config.getOptionalConfig(KEY);
  const configured = (section?.keys() ?? []).map(
    (name): [string, EnvironmentRule] => {
      const before = DEFAULTS[name];
      const list = (
        field: 'requesters' | 'operators' | 'automatedSystems',
      ): readonly string[] =>
        section!.getOptionalStringArray(`${name}.${field}`) ??
        before?.[field] ??
        [];
      const rule = {
        requesters: list('requesters'),
        operators: list('operators'),
        automatedSystems: list('automatedSystems'),
        dataClass: readDataClass(section!, name) ?? before?.dataClass,
        requireChangeReason:
          section!.getOptionalBoolean(`${name}.requireChangeReason`) ??
          before?.requireChangeReason ??
          false,
      };
      checkRefs(`${KEY}.${name}.requesters`, rule.requesters, [
        EVERYONE,
        OWNERS,
      ]);
      checkRefs(`${KEY}.${name}.operators`, rule.operators, []);
      return [name, rule];
    },
  );
  return { ...DEFAULTS, ...Object.fromEntries(configured) };
}

function readDataClass(section: Config, name: string): DataClass | undefined {
  const text = section.getOptionalString(`${name}.dataClass`);
  if (text === undefined) {
    return undefined;
  }
  const parsed = DataClass.safeParse(text);
  if (!parsed.success) {
    throw new Error(
      `${KEY}.${name}.dataClass is '${text}'; give one of ${DataClass.options.join(
        ', ',
      )}`,
    );
  }
  return parsed.data;
}

function checkRefs(
  key: string,
  refs: readonly string[],
  words: readonly string[],
): void {
  const wrong = refs.find(ref => !words.includes(ref) && !REF.test(ref));
  if (wrong !== undefined) {
    throw new Error(
      `${key} names '${wrong}'; give full lower-case entity refs such as group:default/operators${
        words.length > 0 ? `, or ${words.join(' or ')}` : ''
      }`,
    );
  }
}
