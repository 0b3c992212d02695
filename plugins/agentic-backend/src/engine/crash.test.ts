import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HostProcess, readFacts } from './__testUtils__/HostProcess';

const EVERY_FACT = [
  'wf a 1',
  'wf a 2',
  'wf b 1',
  'wf b 2',
  'wf c 1',
  'wf c 2',
  'wf completed',
  'wf planned',
];

describe('an engine on PGlite whose process is killed', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'agentic-crash-'));
  });

  afterEach(() => rm(root, { recursive: true, force: true }));

  const options = () => ({
    engine: { kind: 'pglite', dataFolder: join(root, 'engine') } as const,
    facts: join(root, 'facts.jsonl'),
    waitFor: 'wf',
  });
  const facts = () => readFacts(join(root, 'facts.jsonl'));

  async function endsAlone(host: HostProcess) {
    const end = await host.said('its end', line => line.state !== undefined);
    expect(end.state).toBe('ended');
    expect(await host.exited).toBe(0);
    expect(
      facts()
        .map(({ fact }) => fact)
        .sort(),
    ).toEqual(EVERY_FACT);
  }

  it('before and after every single fact ends as it would have', async () => {
    let start: string | undefined = 'wf';
    for (let known = 0; known < EVERY_FACT.length; known++) {
      // Boundary 1 of a process comes before the next fact it establishes, boundary 2 after it.
      const before = new HostProcess({ ...options(), start, killAt: 1 });
      expect(await before.exited).toBe('SIGKILL');
      expect(facts()).toHaveLength(known);
      // Only the first process starts the run: the others find it in the engine's own data.
      start = undefined;
      const after = new HostProcess({ ...options(), killAt: 2 });
      expect(await after.exited).toBe('SIGKILL');
      // Tasks a and b run at a time, so the other may have got its fact in as well.
      known = facts().length - 1;
    }
    await endsAlone(new HostProcess(options()));
  }, 600_000);

  it('and whose data folder is deleted ends as it would have when the run is started again', async () => {
    const start = 'wf';
    const victim = new HostProcess({ ...options(), start, killAt: 8 });
    expect(await victim.exited).toBe('SIGKILL');
    await rm(options().engine.dataFolder, { recursive: true });
    await endsAlone(new HostProcess({ ...options(), start }));
  }, 120_000);
});
