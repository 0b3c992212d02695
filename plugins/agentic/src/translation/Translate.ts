import type { AgenticMessages } from './agenticTranslationRef';
import type { messages } from './messages';

type MessageKey = keyof AgenticMessages & string;

/** The forms of a plural have one key together. */
type WithoutForm<K extends string> = K extends `${infer Key}_${'one' | 'other'}`
  ? Key
  : K;

/** The key of a text. */
export type TextKey = WithoutForm<MessageKey>;

type Trim<T extends string> = T extends ` ${infer Rest}` ? Trim<Rest> : T;

type ValueOf<
  Format extends string,
  Plain,
> = Trim<Format> extends `number${string}`
  ? number
  : Trim<Format> extends 'list'
  ? readonly string[]
  : Plain;

/** What is put into a text, read from its double braces. */
type ValuesIn<
  Text extends string,
  Plain,
> = Text extends `${string}{{${infer Value}}}${infer Rest}`
  ? (Value extends `${infer Name},${infer Format}`
      ? { readonly [N in Name]: ValueOf<Format, Plain> }
      : { readonly [N in Value]: Value extends 'count' ? number : Plain }) &
      ValuesIn<Rest, Plain>
  : {};

type ByKey<Plain> = {
  readonly [K in MessageKey as WithoutForm<K>]: (K extends `${string}_${
    | 'one'
    | 'other'}`
    ? { readonly count: number }
    : {}) &
    ValuesIn<AgenticMessages[K], Plain>;
};

type Values = ByKey<string>;
type ValuesWithElements = ByKey<JSX.Element | string>;

type Arguments<V> = {} extends V ? [] : [values: V];

/**
 * Finds the text of a key in the reader's language, and puts values into it; with an element among them
 * it is an element. This is what Backstage's own type says too, which takes the compiler minutes for
 * as many texts as ours.
 */
export interface Translate {
  <K extends TextKey>(key: K, ...args: Arguments<Values[K]>): string;
  <K extends TextKey>(
    key: K,
    ...args: Arguments<ValuesWithElements[K]>
  ): JSX.Element;
}

/** The key of the name of a state, a kind or a role. */
export type WordKey = Extract<TextKey, `words.${string}`>;

/** A page of ours that has a name of its own. */
export type PageName = keyof (typeof messages)['common']['page'];
