/** An expression of HCL. `line` counts from one. */
export type HclExpression = { readonly line: number } & (
  | {
      readonly kind: 'literal';
      readonly value: string | number | boolean | null;
    }
  | { readonly kind: 'template'; readonly parts: readonly HclExpression[] }
  | { readonly kind: 'tuple'; readonly items: readonly HclExpression[] }
  | { readonly kind: 'object'; readonly items: readonly HclObjectItem[] }
  | { readonly kind: 'variable'; readonly name: string }
  | {
      readonly kind: 'access';
      readonly target: HclExpression;
      readonly name: string;
    }
  | {
      readonly kind: 'index';
      readonly target: HclExpression;
      readonly key: HclExpression;
    }
  | { readonly kind: 'splat'; readonly target: HclExpression }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly args: readonly HclExpression[];
    }
  | {
      readonly kind: 'conditional';
      readonly test: HclExpression;
      readonly then: HclExpression;
      readonly otherwise: HclExpression;
    }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: HclExpression;
      readonly right: HclExpression;
    }
  | {
      readonly kind: 'unary';
      readonly operator: string;
      readonly operand: HclExpression;
    }
  | {
      readonly kind: 'for';
      readonly names: readonly string[];
      readonly over: HclExpression;
      readonly key?: HclExpression;
      readonly value: HclExpression;
      readonly only?: HclExpression;
    }
  /** A part that is read over and not worked out, such as a directive of a template. */
  | { readonly kind: 'opaque'; readonly text: string }
);

/** One item of an object expression. */
export interface HclObjectItem {
  readonly key: HclExpression;
  readonly value: HclExpression;
}

/** `name = expression` in a body. */
export interface HclAttribute {
  readonly name: string;
  readonly value: HclExpression;
  readonly line: number;
}

/** `type "label" { … }` in a body. */
export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: HclBody;
  readonly line: number;
  readonly endLine: number;
}

/** What stands between the braces of a block, or in a file. */
export interface HclBody {
  readonly attributes: readonly HclAttribute[];
  readonly blocks: readonly HclBlock[];
}
