import { TEMPLATE_ALIASES } from '@agentic-backstage/plugin-agentic-common';
import type { ChoiceField, Meaning } from './Meaning';
import { Negation } from './Negation';
import type { Reading } from './Reading';
import type { BudgetWords } from './readBudget';
import { environmentOf } from './environmentNames';
import { findMeaning } from './findMeaning';
import { quoted } from './quoted';
import { describeUnknown } from './describeUnknown';
import type { Token } from './tokenize';

const MOST_QUESTIONS = 8;

/** Takes the phrases of a request one after the other and writes down what each of them says. */
export class WordReader {
  previousKind: Meaning['kind'] | undefined;
  readonly #negation = new Negation();
  #deploying = false;
  #or: { readonly field?: ChoiceField } | undefined;
  #last: { readonly meaning: Meaning; readonly words: string } | undefined;

  constructor(readonly tokens: readonly Token[], readonly reading: Reading) {}

  ask(field: string, question: string, options: string[] = []): void {
    if (this.reading.questions.length < MOST_QUESTIONS) {
      this.reading.questions.push({ field, question, options });
    }
  }

  phrase(at: number, length: number): string {
    return this.tokens
      .slice(at, at + length)
      .map(token => token.text)
      .join(' ');
  }

  /** "Go" is a language only where the sentence says so: "in Go", "a Go service". */
  isLanguageGo(at: number): boolean {
    if (this.tokens[at].word !== 'go') return false;
    const before = this.tokens[at - 1]?.word ?? '';
    if (
      ['in', 'using', 'with', 'language', ':', 'not', 'no'].includes(before)
    ) {
      return !['to', 'with'].includes(this.tokens[at + 1]?.word);
    }
    const next = findMeaning(this.tokens, at + 1)?.meaning;
    return next?.kind === 'service' || next?.kind === 'choice';
  }

  takeBreak(text: string): void {
    if (text === ',') {
      if (this.#negation.waiting) this.endNegationBefore(',');
    } else {
      this.endNegationBefore(text);
    }
    this.#negation.breaks(text);
    this.#deploying = false;
    this.#last = undefined;
  }

  takeBudget({ words, monthly, doubt }: BudgetWords): void {
    this.endNegationBefore(words);
    this.#negation.clear();
    this.previousKind = undefined;
    if (monthly !== undefined) {
      this.reading.budgets.push({ value: monthly, words });
      return;
    }
    this.ask(
      'parameters.monthlyBudget',
      `What does ${quoted(
        words,
      )} limit? ${doubt}. A budget is an upper limit a month in US dollars, for example “at most $50 a month”.`,
    );
  }

  takeName(name: string): void {
    if (this.#negation.waiting) {
      this.endNegationBefore(name);
    } else {
      this.reading.names.push({ value: name, words: name });
    }
    this.previousKind = undefined;
  }

  takeTemplate(id: string): void {
    this.endNegationBefore(id);
    this.reading.templates.push({ value: id, words: id });
    this.previousKind = undefined;
  }

  /** Reads "template X"; where no word that could be an id follows, it is just a noun. */
  takeTemplateLabel(from: number): number {
    const at = this.tokens[from]?.word === ':' ? from + 1 : from;
    const token = this.tokens[at];
    if (!token || token.kind === 'break') return from;
    if (Object.hasOwn(TEMPLATE_ALIASES, token.word)) return at;
    if (findMeaning(this.tokens, at)) return from;
    this.reading.templates.push({ value: token.text, words: token.text });
    return at + 1;
  }

  /** Reads "environment: X"; without the colon it is just a noun. */
  takeEnvironmentLabel(from: number): number {
    const next = this.tokens[from];
    const value = this.tokens[from + 1];
    if (!next || ![':', 'is'].includes(next.word)) return from;
    if (!value || value.kind === 'break') return from;
    // A known name is read like any other word; anything else is an environment nobody has.
    if (environmentOf(value.word, [])) return from;
    this.takeChoice('environment', value.text, value.text);
    return from + 2;
  }

  take(meaning: Meaning, next: number, phrase: string): number {
    const word = phrase.toLowerCase();
    switch (meaning.kind) {
      case 'filler':
        if (!this.#negation.passes(word)) this.endNegationBefore(phrase);
        // An article keeps the verb or noun before it in sight.
        if (!['a', 'an', 'the'].includes(word)) this.previousKind = undefined;
        return next;
      case 'negation':
        this.#startNegation(phrase);
        break;
      case 'negatesPrevious':
        this.#negatePrevious(phrase);
        break;
      case 'or':
        if (!this.#negation.goesOn()) this.#startChoice(phrase);
        break;
      case 'create':
        this.#takeCreate(phrase);
        break;
      case 'deploy':
        this.#takeDeploy(next, word);
        break;
      case 'service':
        this.#takeService(meaning.plural, phrase);
        break;
      case 'otherAction':
        this.#takeOtherAction(meaning.action, phrase);
        break;
      case 'someDatabase':
        return this.#takeSomeDatabase(meaning, next, phrase);
      case 'choice':
        this.#takeChoice(meaning, phrase);
        break;
      default:
        this.#takeThing(meaning, phrase);
    }
    this.previousKind = meaning.kind;
    return next;
  }

  takeChoice(field: ChoiceField, value: string, words: string): void {
    this.#takeChoice({ kind: 'choice', field, value }, words);
    this.previousKind = 'choice';
  }

  /** Asks about words that nothing is known about; answers where to read on. */
  takeUnknown(at: number, environments: readonly string[]): number {
    const unknown = describeUnknown(this.tokens, at, {
      environments,
      deploying: this.#deploying,
      negation: this.#negation.waiting ? this.#negation.words : undefined,
    });
    if (unknown.environment) {
      this.takeChoice('environment', unknown.environment, unknown.words);
    } else {
      this.ask('description', unknown.question, unknown.options);
      this.#negation.clear();
      this.previousKind = undefined;
      this.#last = undefined;
    }
    return at + unknown.length;
  }

  /** Asks what a negation means that has not met anything it could negate. */
  endNegationBefore(phrase: string): void {
    if (!this.#negation.waiting) return;
    if (this.#negation.ofDeployment) {
      this.reading.problems.push({
        field: 'description',
        message: `${quoted(
          this.#negation.words,
        )}: a workflow always deploys and verifies the service`,
        remedy:
          'Send the parameters to POST /generate to get the files without deploying, or name the environment to deploy to.',
      });
    } else {
      this.ask(
        'description',
        phrase
          ? `What does ${quoted(this.#negation.words)} before ${quoted(
              phrase,
            )} leave out?`
          : `What does ${quoted(this.#negation.words)} leave out?`,
      );
    }
    this.#negation.clear();
  }

  finish(): void {
    this.endNegationBefore('');
    if (this.#or) this.#askChoice();
  }

  #startNegation(phrase: string): void {
    const before = this.#negation.words;
    if (!this.#negation.start(phrase)) {
      this.ask(
        'description',
        `What does ${quoted(
          `${before} ${phrase}`,
        )} mean? Say what you want without a double negation.`,
      );
      this.#negation.clear();
    }
  }

  #negatePrevious(phrase: string): void {
    const last = this.#last;
    if (!last || !this.#withdraw(last.meaning)) {
      this.ask('description', `What is ${quoted(phrase)}?`);
      return;
    }
    this.#negation.clear();
    this.#negation.start(phrase);
    this.take(last.meaning, 0, last.words);
    this.#negation.clear();
  }

  /** Takes back what the phrase just before has written down. */
  #withdraw(meaning: Meaning): boolean {
    if (meaning.kind === 'choice') {
      return this.reading.wanted.pop() !== undefined;
    }
    if (meaning.kind === 'availability') {
      return this.reading.availability.pop() !== undefined;
    }
    if (meaning.kind === 'unbuilt') {
      return this.reading.problems.pop() !== undefined;
    }
    if (meaning.kind !== 'someDatabase' || !this.reading.someDatabase) {
      return false;
    }
    this.reading.someDatabase = undefined;
    return true;
  }

  #startChoice(phrase: string): void {
    this.endNegationBefore(phrase);
    const last = this.#last?.meaning;
    this.#or = { field: last?.kind === 'choice' ? last.field : undefined };
  }

  #askChoice(): void {
    this.#or = undefined;
    this.ask(
      'description',
      'The request leaves a choice with “or”. Which one shall it be?',
    );
  }

  #takeCreate(phrase: string): void {
    if (this.#negation.waiting) {
      if (this.#negation.passes(phrase.toLowerCase())) return;
      this.endNegationBefore(phrase);
      return;
    }
    this.#negation.clear();
    this.#deploying = false;
    this.reading.create = true;
  }

  #takeDeploy(next: number, word: string): void {
    this.#negation.deploys(word);
    this.#deploying = true;
    this.reading.deploy = true;
    const article = this.tokens[next]?.word;
    if (article === 'a' || article === 'an') this.reading.indefinite = true;
  }

  #takeService(plural: boolean, phrase: string): void {
    this.endNegationBefore(phrase);
    this.#negation.clear();
    if (plural) {
      this.ask(
        'description',
        `${quoted(
          phrase,
        )}: how many services is this? A request creates one service.`,
      );
    }
  }

  #takeOtherAction(action: string, phrase: string): void {
    if (this.#negation.waiting) {
      this.endNegationBefore(phrase);
      return;
    }
    this.reading.problems.push({
      field: 'description',
      message: `${quoted(
        phrase,
      )} asks to ${action} something; a request can only create a new service`,
      remedy:
        'Describe the new service to create. What exists already is not changed by a request.',
    });
  }

  #takeSomeDatabase(meaning: Meaning, next: number, phrase: string): number {
    this.previousKind = 'someDatabase';
    // "Database: X" announces the value; "database: none" is one.
    const isLabel = [':', 'is', '='].includes(this.tokens[next]?.word ?? '');
    const value = this.tokens[next + 1]?.word;
    if (isLabel && (value === 'none' || value === 'no')) {
      this.reading.noDatabase = `${phrase}: ${value}`;
      return next + 2;
    }
    if (
      isLabel &&
      findMeaning(this.tokens, next + 1)?.meaning.kind === 'choice'
    ) {
      return next + 1;
    }
    this.#polarise(meaning, phrase, {
      wanted: () => {
        this.reading.someDatabase ??= phrase;
      },
      excluded: () => {
        this.reading.noDatabase ??= `${this.#negation.words} ${phrase}`;
      },
    });
    return next;
  }

  #takeChoice(
    meaning: Extract<Meaning, { kind: 'choice' }>,
    words: string,
  ): void {
    const { field, value } = meaning;
    if (this.#or && this.#or.field !== field) this.#askChoice();
    // Two values of one field are asked about where the values are settled.
    this.#or = undefined;
    if (
      field === 'cloudProvider' &&
      this.#deploying &&
      !this.#negation.waiting
    ) {
      this.reading.problems.push({
        field: 'description',
        message: `deploying to ${quoted(
          words,
        )} is not built yet; the service is deployed on this machine`,
        remedy:
          'Leave the target out. The generated Terraform can be applied to AWS by hand.',
      });
      return;
    }
    this.#polarise(meaning, words, {
      wanted: () => this.reading.wanted.push({ field, value, words }),
      excluded: () => this.reading.excluded.push({ field, value, words }),
    });
  }

  #takeThing(
    meaning: Extract<
      Meaning,
      { kind: 'availability' | 'included' | 'unbuilt' | 'marker' }
    >,
    words: string,
  ): void {
    if (this.#or) this.#askChoice();
    switch (meaning.kind) {
      case 'availability':
        this.#polarise(meaning, words, {
          wanted: () =>
            this.reading.availability.push({ value: meaning.high, words }),
          excluded: () =>
            this.reading.availability.push({ value: !meaning.high, words }),
        });
        break;
      case 'included':
        this.#polarise(meaning, words, {
          wanted: () =>
            this.reading.included.push({ value: meaning.thing, words }),
          excluded: () =>
            this.reading.problems.push({
              field: 'description',
              message: `${quoted(words)}: every generated service has ${
                meaning.thing
              }; it cannot be left out`,
              remedy:
                'Leave this out of the request, or remove the files afterwards.',
            }),
        });
        break;
      case 'unbuilt':
        this.#polarise(meaning, words, {
          wanted: () =>
            this.reading.problems.push({
              field: 'description',
              message: `${meaning.category} ${quoted(words)} is not built yet`,
              remedy:
                'Leave it out. Available: a REST API on Node.js, with PostgreSQL or without a database.',
            }),
          // What cannot be had is not missed.
          excluded: () => {},
        });
        break;
      default:
    }
  }

  #polarise(
    meaning: Meaning,
    words: string,
    act: { readonly wanted: () => void; readonly excluded: () => void },
  ): void {
    this.#last = { meaning, words };
    const negation = this.#negation.words;
    switch (this.#negation.apply(meaning)) {
      case 'wanted':
        act.wanted();
        break;
      case 'excluded':
        act.excluded();
        break;
      default:
        this.ask(
          'description',
          `Does ${quoted(negation)} also leave out ${quoted(
            words,
          )}? Say “with ${words}” or “without ${words}”.`,
        );
    }
  }
}
