const STREAM = { accept: 'text/event-stream' };

/** Streams of nobody, of no workflow, and from places that are none. */
export function onStreams({ ids, elsewhere }) {
  return [
    {
      name: 'a stream without signing in',
      path: `/workflows/${ids.staging}/events`,
      headers: STREAM,
      refused: 401,
    },
    {
      name: 'a stream with the token in the address',
      path: `/workflows/${ids.staging}/events?token=${elsewhere.ada}`,
      headers: STREAM,
      refused: 401,
    },
    ...[
      'wf-000000000000',
      '*',
      '%2e%2e',
      `${ids.staging},${ids.production}`,
      `${ids.staging}%0a`,
    ].map(id => ({
      name: `the stream of ${id.slice(0, 30)}`,
      as: 'dmitri',
      path: `/workflows/${id}/events`,
      headers: STREAM,
      refused: [400, 404],
    })),
    ...[
      'after=-1',
      'after=1.5',
      'after=x',
      'after=1e309',
      'after=9007199254740993',
      'limit=0',
      'limit=100000',
      'since=1',
    ].map(query => ({
      name: `a stream from ${query}`,
      as: 'ada',
      path: `/workflows/${ids.staging}/events?${query}`,
      headers: STREAM,
      refused: 400,
    })),
  ];
}
