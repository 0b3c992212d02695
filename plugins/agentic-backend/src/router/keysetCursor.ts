import { z } from 'zod';
import { RequestRefused } from '../service/RequestRefused';

/** Where a page of a list that is newest first goes on: after this row. */
export interface KeysetCursor {
  readonly createdAt: string;
  readonly id: string;
}

const Cursor = z.tuple([z.string(), z.string()]);

/** The cursor as clients hand it back. */
export function encodeCursor({ createdAt, id }: KeysetCursor): string {
  return Buffer.from(JSON.stringify([createdAt, id])).toString('base64url');
}

/** Reads a cursor that a client handed back. Throws `RequestRefused` for anything else. */
export function decodeCursor(text: string): KeysetCursor {
  try {
    const [createdAt, id] = Cursor.parse(
      JSON.parse(Buffer.from(text, 'base64url').toString('utf8')),
    );
    return { createdAt, id };
  } catch {
    throw new RequestRefused([
      {
        field: 'cursor',
        message: 'This is not a cursor of this list.',
        remedy:
          'Use nextCursor of the page before, or leave it out for the first page.',
      },
    ]);
  }
}
