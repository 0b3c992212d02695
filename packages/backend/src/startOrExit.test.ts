import { startOrExit } from './startOrExit';

const never = () => new Promise<never>(() => {});

async function run(backend: {
  start: () => Promise<unknown>;
  stop: () => Promise<void>;
}) {
  const seen: (string | number)[] = [];
  await startOrExit(backend, {
    exit: code => seen.push(code),
    report: text => seen.push(text),
    grace: 20,
  });
  return seen;
}

describe('startOrExit', () => {
  it.each([
    ['stops', async () => {}],
    ['cannot be stopped', never],
    [
      'fails to stop',
      async () => {
        throw new Error('cannot stop');
      },
    ],
  ])(
    'says why and exits with 1 when the start fails and the rest %s',
    async (_, stop) => {
      const start = async () => {
        throw new Error('agentic.examplePeople is refused');
      };
      expect(await run({ start, stop })).toEqual([
        expect.stringMatching(
          /^error: The portal could not start\. .*agentic\.examplePeople is refused\n$/,
        ),
        1,
      ]);
    },
  );
});
