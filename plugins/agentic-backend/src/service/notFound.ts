import { NotFoundError } from '@backstage/errors';

/** The one answer for what is not there and for what the reader may not see; it must not tell the two apart. */
export function notFound(kind: string, id: string): NotFoundError {
  return new NotFoundError(
    `No ${kind} '${id.slice(
      0,
      80,
    )}' that you may see; check the id, or list what you may see`,
  );
}
