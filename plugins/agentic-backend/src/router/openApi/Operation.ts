import type { SchemaName } from './schemas';

/** One operation of the API. */
export interface Operation {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly query?: readonly string[];
  readonly body?: SchemaName;
  readonly answers: Readonly<Record<string, SchemaName>>;
  readonly open?: boolean;
  /** What it answers in, where that is not JSON. */
  readonly mediaType?: string;
}
