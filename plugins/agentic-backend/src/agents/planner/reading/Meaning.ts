/** Fields of a request of which there can be only one value. */
export type ChoiceField =
  | 'language'
  | 'database'
  | 'pattern'
  | 'environment'
  | 'cloudProvider';

/** What a phrase of the vocabulary asks for. */
export type Meaning =
  | { readonly kind: 'filler' }
  | { readonly kind: 'create' }
  | { readonly kind: 'deploy' }
  /** Something other than creating: deleting, migrating, changing. */
  | { readonly kind: 'otherAction'; readonly action: string }
  | { readonly kind: 'service'; readonly plural: boolean }
  | {
      readonly kind: 'choice';
      readonly field: ChoiceField;
      readonly value: string;
    }
  /** A database without saying which. */
  | { readonly kind: 'someDatabase' }
  | { readonly kind: 'availability'; readonly high: boolean }
  /** A part that every generated service has. */
  | { readonly kind: 'included'; readonly thing: string }
  /** A part that no generated service has yet. */
  | {
      readonly kind: 'unbuilt';
      readonly category: string;
      readonly thing: string;
    }
  | { readonly kind: 'negation' }
  /** Comes after what it negates: "a database is not needed". */
  | { readonly kind: 'negatesPrevious' }
  | { readonly kind: 'or' }
  | {
      readonly kind: 'marker';
      readonly of:
        | 'name'
        | 'owner'
        | 'port'
        | 'template'
        | 'description'
        | 'environment';
    };

/** A meaning and the phrases that carry it, separated by `|`. */
export type VocabularyRow = readonly [Meaning, string];
