import { OPERATIONS } from './openApi/operations';

/** What is to be known of an operation before it is carried out. */
export interface KnownOperation {
  readonly id: string;
  readonly changesState: boolean;
  /** Answers whoever asks, without credentials. */
  readonly open: boolean;
}

const KNOWN = OPERATIONS.map(({ method, path, id, open = false }) => ({
  id,
  open,
  method: method.toUpperCase(),
  // Express takes the words of a path in any case, and a slash at its end.
  form: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}/?$`, 'i'),
  changesState: method !== 'get',
}));

/** The operation of the API description that a request is, if it is one. */
export function operationOf(
  method: string,
  path: string,
): KnownOperation | undefined {
  const asked = method === 'HEAD' ? 'GET' : method;
  return KNOWN.find(
    operation => operation.method === asked && operation.form.test(path),
  );
}

/** The first words of all paths of the API, such as `/workflows`. */
export const API_ROOTS: readonly string[] = [
  ...new Set(OPERATIONS.map(({ path }) => `/${path.split('/')[1]}`)),
];
