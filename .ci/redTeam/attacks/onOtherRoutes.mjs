const UNKNOWN = 'no-such-thing';

/** Looks and no more, whatever their method says: open to every developer of the example policy. */
const LOOKS = ['/sweeper/dry-run'];

/** Every route that changes something, tried by those who never may: a service, and whoever has no role. */
export function onOtherRoutes(_scene, routes) {
  return routes
    .filter(({ method, path }) => method !== 'GET' && !LOOKS.includes(path))
    .flatMap(({ method, path }) =>
      ['service', 'dmitri'].map(as => ({
        name: `${method} ${path} by ${
          as === 'service' ? 'a service' : 'a developer'
        }`,
        as,
        method,
        path: path.replace(/\{\w+\}/g, UNKNOWN),
        json: {},
        refused: [400, 403, 404],
      })),
    );
}
