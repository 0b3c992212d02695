import type { ChoiceField, Meaning } from './Meaning';
import { describeUnknown } from './describeUnknown';
import { Negation } from './Negation';
import { quoted } from './quoted';
import type { BudgetWords } from './readBudget';
import { actOn, withdraw, type ActOn } from './actOn';
import type { Reading } from './Reading';
import { readDatabaseLabel } from './readLabel';
import type { Token } from './tokenize';
import { alwaysDeployed, cannotDo, noSuchTarget } from './wordProblems';

const MOST_QUESTIONS = 8;
const ARTICLES = new Set(['a', 'an', 'the']);

/** Takes the phrases of a request one after the other and writes down what each of them says. */
export class WordReader {
  previousKind: Meaning['kind'] | undefined;
  readonly #negation = new Negation();
  /** Inside a clause that says where to deploy. */
  #deploying = false;
  /** After "or", until what it joins is known. */
  #or: { readonly field?: ChoiceField } | undefined;
  /** The last thing named, while nothing has come between. */
  #last: { readonly meaning: Meaning; readonly words: string } | undefined;
  /** How many things the list has that the last one is in. */
  #listed = 0;
  #joined = false;

  constructor(readonly tokens: readonly Token[], readonly reading: Reading) {}

  ask(field: string, question: string, options: string[] = []): void {
    if (this.reading.questions.length < MOST_QUESTIONS) {
      this.reading.questions.push({ field, question, options });
    }
  }

  phrase(at: number, length: number): string {
    const words = this.tokens.slice(at, at + length);
    return words.map(token => token.text).join(' ');
  }

  takeBreak(text: string): void {
    this.endNegationBefore(text.trim());
    this.#negation.breaks(text);
    this.#deploying = false;
    this.#last = undefined;
    this.#joined = text === ',';
  }

  takeBudget({ words, monthly, doubt }: BudgetWords): void {
    this.#endPhrase(words);
    this.#negation.clear();
    if (monthly !== undefined) {
      this.reading.budgets.push({ value: monthly, words });
      return;
    }
    this.ask(
      'parameters.monthlyBudget',
      `What does ${quoted(
        words,
      )} limit? A budget is an upper limit a month in US dollars, for example “at most $50 a month”; ${doubt}.`,
    );
  }

  takeName(name: string): void {
    if (this.#negation.waiting) this.endNegationBefore(name);
    else this.reading.names.push({ value: name, words: name });
    this.previousKind = undefined;
  }

  takeTemplate(id: string): void {
    this.#endPhrase(id);
    this.reading.templates.push({ value: id, words: id });
  }

  /** Takes a phrase of the vocabulary; answers where to read on. */
  take(meaning: Meaning, next: number, phrase: string): number {
    const word = phrase.toLowerCase();
    switch (meaning.kind) {
      case 'filler':
        this.#takeFiller(word, phrase);
        return next;
      case 'negation':
        this.#startNegation(phrase);
        break;
      case 'negatesPrevious':
        this.#negatePrevious(phrase);
        break;
      case 'or':
        this.#takeOr(phrase);
        break;
      case 'create':
        this.#takeCreate(word, phrase);
        break;
      case 'deploy':
        this.#takeDeploy(word, next);
        break;
      case 'service':
        this.#takeService(meaning.plural, phrase);
        break;
      case 'otherAction':
        this.#takeOtherAction(meaning.action, phrase);
        break;
      case 'someDatabase':
        this.previousKind = meaning.kind;
        return this.#takeSomeDatabase(meaning, next, phrase);
      case 'choice':
        this.takeChoice(meaning.field, meaning.value, phrase);
        break;
      default:
        if (meaning.kind !== 'marker') {
          this.#name(meaning, phrase, actOn(meaning, phrase, this.reading));
        }
    }
    this.previousKind = meaning.kind;
    return next;
  }

  /** Takes a value of a field of which there can be only one. */
  takeChoice(field: ChoiceField, value: string, words: string): void {
    // Two values of one field are asked about where the values are settled.
    if (this.#or?.field === field) this.#or = undefined;
    this.previousKind = 'choice';
    const aboutTarget = field === 'cloudProvider' && this.#deploying;
    if (aboutTarget && !this.#negation.waiting) {
      this.reading.problems.push(noSuchTarget(words));
      return;
    }
    this.#name({ kind: 'choice', field, value }, words, {
      wanted: () => this.reading.wanted.push({ field, value, words }),
      excluded: () => this.reading.excluded.push({ field, value, words }),
    });
  }

  /** Asks whether a word that could be an environment is one. */
  askEnvironment(word: string, environment: string): void {
    this.#endPhrase(word);
    this.ask(
      'parameters.environment',
      `Is ${quoted(word)} the environment to deploy to?`,
      [`deploy to ${environment}`, 'leave it out'],
    );
  }

  /** Asks about words that nothing is known about; answers where to read on. */
  takeUnknown(at: number): number {
    const { environment, words, question, options, length } = describeUnknown(
      this.tokens,
      at,
      {
        deploying: this.#deploying,
        negation: this.#negation.waiting ? this.#negation.words : undefined,
      },
    );
    if (environment) {
      this.takeChoice('environment', environment, words);
    } else {
      this.ask('description', question, options);
      this.#negation.clear();
      this.previousKind = undefined;
      this.#last = undefined;
    }
    return at + length;
  }

  /** Asks what a negation means that has not met anything it could negate. */
  endNegationBefore(phrase: string): void {
    if (!this.#negation.waiting) return;
    const words = quoted(this.#negation.words);
    if (this.#negation.ofDeployment) {
      this.reading.problems.push(alwaysDeployed(this.#negation.words));
    } else {
      const before = phrase ? ` before ${quoted(phrase)}` : '';
      this.ask('description', `What does ${words}${before} leave out?`);
    }
    this.#negation.clear();
  }

  finish(): void {
    this.endNegationBefore('');
    if (this.#or) this.#askChoice();
    if (this.reading.names.length === 0) return;
    for (const question of this.reading.questions) {
      // With a name given, unknown words are no proposal for one.
      question.options = question.options.filter(
        option => !option.startsWith('called '),
      );
    }
  }

  #endPhrase(next: string): void {
    this.endNegationBefore(next);
    this.previousKind = undefined;
    this.#last = undefined;
    this.#joined = false;
  }

  #takeFiller(word: string, phrase: string): void {
    if (!this.#negation.passes(word)) this.endNegationBefore(phrase);
    // An article keeps the verb or noun before it in sight, and a list together.
    if (ARTICLES.has(word)) return;
    this.previousKind = undefined;
    this.#last = undefined;
    this.#joined = word === 'and';
  }

  #startNegation(phrase: string): void {
    const before = this.#negation.words;
    if (this.#negation.start(phrase)) return;
    this.ask(
      'description',
      `What does ${quoted(
        `${before} ${phrase}`,
      )} mean? Say what you want without a double negation.`,
    );
    this.#negation.clear();
  }

  #negatePrevious(phrase: string): void {
    const last = this.#last;
    // After a list it could mean all of it or the end of it.
    if (!last || this.#listed > 1 || !withdraw(last.meaning, this.reading)) {
      this.ask('description', `What exactly is ${quoted(phrase)}?`);
      return;
    }
    this.#negation.clear();
    this.#negation.start('no');
    this.take(last.meaning, this.tokens.length, last.words);
    this.#negation.clear();
  }

  #takeOr(phrase: string): void {
    this.#joined = true;
    if (this.#negation.goesOn()) return;
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

  #takeCreate(word: string, phrase: string): void {
    if (this.#negation.waiting) {
      if (!this.#negation.passes(word)) this.endNegationBefore(phrase);
      return;
    }
    this.#negation.clear();
    this.reading.create = true;
  }

  #takeDeploy(word: string, next: number): void {
    this.#negation.deploys(word);
    this.#deploying = true;
    this.#joined = false;
    this.reading.deploy = true;
    const article = this.tokens[next]?.word;
    if (article === 'a' || article === 'an') this.reading.indefinite = true;
  }

  #takeService(plural: boolean, phrase: string): void {
    this.endNegationBefore(phrase);
    this.#negation.clear();
    if (!plural) return;
    this.ask(
      'description',
      `${quoted(
        phrase,
      )}: how many services is this? A request creates one service.`,
    );
  }

  #takeOtherAction(action: string, phrase: string): void {
    if (this.#negation.waiting) this.endNegationBefore(phrase);
    else this.reading.otherActions.push(cannotDo(action, phrase));
  }

  #takeSomeDatabase(meaning: Meaning, next: number, phrase: string): number {
    const label = readDatabaseLabel(this.tokens, next);
    if (label?.isNone) this.reading.noDatabase = `${phrase}: none`;
    if (label) return label.next;
    this.#name(meaning, phrase, {
      wanted: () => {
        this.reading.someDatabase ??= phrase;
      },
      excluded: () => {
        this.reading.noDatabase ??= `${this.#negation.words} ${phrase}`;
      },
    });
    return next;
  }

  /** Writes a thing down as wanted or not; asks where the sentence leaves that open. */
  #name(meaning: Meaning, words: string, act: ActOn): void {
    if (this.#or) this.#askChoice();
    this.#listed = this.#joined ? this.#listed + 1 : 1;
    this.#joined = false;
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
