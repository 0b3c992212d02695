import type {
  Problem,
  Question,
} from '@agentic-backstage/plugin-agentic-common';
import type { ChoiceField } from './Meaning';

/** A value that the words of a request name, and the words themselves. */
export interface Mention<Value = string> {
  readonly value: Value;
  readonly words: string;
}

/** A value of one of the fields that can have only one. */
export interface FieldMention extends Mention {
  readonly field: ChoiceField;
}

/** What the words of a request say, before anything is decided. Collected by `readWords`. */
export interface Reading {
  /** They ask for something new. */
  create: boolean;
  /** They ask for a deployment. */
  deploy: boolean;
  /** What is to be deployed is called "a …", so it is new too. */
  indefinite: boolean;
  readonly wanted: FieldMention[];
  readonly excluded: FieldMention[];
  readonly availability: Mention<boolean>[];
  someDatabase?: string;
  noDatabase?: string;
  readonly names: Mention[];
  readonly owners: Mention[];
  readonly ports: Mention<number>[];
  readonly budgets: Mention<number>[];
  readonly templates: Mention[];
  readonly descriptions: Mention[];
  /** Parts that every generated service has and that the words ask for. */
  readonly included: Mention[];
  /** What the words ask for that is not creating; nothing else matters then. */
  readonly otherActions: Problem[];
  readonly problems: Problem[];
  readonly questions: Question[];
}

/** A reading of no words at all. */
export function anEmptyReading(): Reading {
  return {
    create: false,
    deploy: false,
    indefinite: false,
    wanted: [],
    excluded: [],
    availability: [],
    names: [],
    owners: [],
    ports: [],
    budgets: [],
    templates: [],
    descriptions: [],
    included: [],
    otherActions: [],
    problems: [],
    questions: [],
  };
}
