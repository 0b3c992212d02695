import type { Value, ValueObject } from './Value';

/** What kind of document a resource was read from. Rules say which they are for. */
export type Platform =
  | 'terraform'
  | 'cloudformation'
  | 'kubernetes'
  | 'dockerfile'
  | 'github-actions'
  | 'gitlab-ci'
  | 'file';

/** A step in a path through the attributes of a resource. */
export type PathStep = string | number;

/** One thing that rules look at: its type, its attributes as far as they are known, and its lines. */
export interface Resource {
  readonly platform: Platform;
  /** Such as `aws_s3_bucket`, `AWS::S3::Bucket`, `Deployment`. */
  readonly type: string;
  readonly name: string;
  /** How people name it, such as `module.a.aws_s3_bucket.logs`. */
  readonly address: string;
  /** Names by which other resources refer to it. */
  readonly names: readonly string[];
  readonly attributes: ValueObject;
  readonly file: string;
  readonly line?: number;
  lineOf(path: readonly PathStep[]): number | undefined;
}

/** Why a document, or a part of it, could not be judged. */
export interface Unchecked {
  readonly file: string;
  readonly reason: string;
  readonly line?: number;
}

/** What a reader made of one or several files. */
export interface Documents {
  readonly resources: readonly Resource[];
  readonly unchecked: readonly Unchecked[];
}

/** The value at a path, or undefined where there is none. */
export function valueAt(
  value: Value | undefined,
  path: readonly PathStep[],
): Value | undefined {
  let current: Value | undefined = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null) {
      return undefined;
    }
    current = Object.hasOwn(current, step)
      ? (current as Readonly<Record<PathStep, Value>>)[step]
      : undefined;
  }
  return current;
}
