import { CATEGORIES } from '../../rules/categories';
import type { Category } from '../../rules/categories';
import type { Condition } from '../../rules/Condition';
import type {
  PolicyRule,
  PolicySeverity,
  RuleTarget,
} from '../../rules/PolicyRule';

/** The types that a question is for, the question, and when it is asked. */
export type CloudRow = readonly [
  types: string,
  require: Condition,
  when?: Condition,
];

/** What a table says about one rule. */
export interface CloudEntry {
  readonly topics: readonly string[];
  readonly title: string;
  readonly remedy: string;
  readonly rows: readonly CloudRow[];
  readonly severity?: PolicySeverity;
}

/** Makes the rules of a table: the keys become the ends of their ids. */
export function cloudRules(
  category: Category,
  prefix: string,
  entries: Readonly<Record<string, CloudEntry>>,
): readonly PolicyRule[] {
  return Object.entries(entries).map(
    ([key, { topics, title, remedy, rows, severity }]) => ({
      id: `${prefix}${key}`,
      category,
      severity: severity ?? CATEGORIES[category].severity,
      topics,
      title,
      remedy,
      targets: rows.map(
        ([types, require, when]): RuleTarget => ({
          types: types.split(' '),
          require,
          ...(when && { when }),
        }),
      ),
    }),
  );
}
