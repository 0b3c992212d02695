import { ConfigReader } from '@backstage/config';
import { readLanes } from './readLanes';

describe('readLanes', () => {
  it.each([
    [undefined, {}],
    [{ scribe: {} }, {}],
    [
      { scribe: { lane: 'dry_run' }, deployment: { lane: 'execute' } },
      { scribe: 'dry_run', deployment: 'execute' },
    ],
  ])('reads %j as %j', (agents, lanes) => {
    expect(readLanes(new ConfigReader({ agentic: { agents } }))).toEqual(lanes);
  });

  it('names the key and the lanes when it knows no such lane', () => {
    const config = new ConfigReader({
      agentic: { agents: { scribe: { lane: 'write' } } },
    });
    expect(() => readLanes(config)).toThrow(
      "agentic.agents.scribe.lane is 'write'; the lanes are read_only, dry_run, execute",
    );
  });
});
