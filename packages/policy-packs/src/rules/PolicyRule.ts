import type { Platform, Resource } from '../documents/Resource';
import type { ValueObject } from '../documents/Value';
import type { Category } from './categories';
import type { Condition } from './Condition';
import type { Surroundings } from './evaluateCondition';

/** How bad it is when a rule is broken. */
export type PolicySeverity = 'info' | 'low' | 'medium' | 'high' | 'critical';

/** What a rule asks of resources of some types. `forbid` is `require` the other way round. */
export interface RuleTarget {
  readonly types: readonly string[];
  readonly when?: Condition;
  readonly require?: Condition;
  readonly forbid?: Condition;
}

/** One place where a check found its rule broken, or could not decide. */
export interface CheckFinding {
  readonly message?: string;
  readonly line?: number;
  /** Set where the text does not settle it. */
  readonly unknown?: true;
}

/** The parameters of a request, by the names that the rules document. */
export type Parameters = ValueObject;

/** What a check is given beside its resource. */
export interface CheckContext {
  readonly surroundings: Surroundings;
  readonly parameters: Parameters;
}

/** A rule whose question does not fit the table of conditions. */
export interface RuleCheck {
  readonly platform: Platform;
  /** Without types: every resource of the platform. */
  readonly types?: readonly string[];
  readonly find: (
    resource: Resource,
    context: CheckContext,
  ) => readonly CheckFinding[];
}

/** A value that mends the finding when it is written at the path. */
export interface RuleFix {
  readonly path: string;
  readonly value: string | number | boolean;
}

/** One rule: what people read about it, and what it asks. */
export interface PolicyRule {
  readonly id: string;
  readonly title: string;
  readonly severity: PolicySeverity;
  readonly category: Category;
  /** The service or the field that it is about, such as `rds` or `host-network`. */
  readonly topics: readonly string[];
  readonly remedy: string;
  readonly targets?: readonly RuleTarget[];
  readonly checks?: readonly RuleCheck[];
}
