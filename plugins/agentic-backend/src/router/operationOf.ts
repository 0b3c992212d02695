import { OPERATIONS } from './openApi/operations';

const KNOWN = OPERATIONS.map(({ method, path, id }) => ({
  id,
  method: method.toUpperCase(),
  form: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}/?$`),
  changesState: method !== 'get',
}));

/** The operation of the API description that a request is, if it is one. */
export function operationOf(
  method: string,
  path: string,
): { id: string; changesState: boolean } | undefined {
  return KNOWN.find(
    operation => operation.method === method && operation.form.test(path),
  );
}
