import { ConfigReader } from '@backstage/config';
import { DEFAULT_SWEEPER, readSweeperConfig } from './sweeperConfig';

const read = (sweeper: object) =>
  readSweeperConfig(new ConfigReader({ agentic: { sweeper } } as never));

describe('readSweeperConfig', () => {
  it('lets only rows go by themselves when nothing is said', () => {
    expect(readSweeperConfig(new ConfigReader({}))).toEqual(DEFAULT_SWEEPER);
    expect(DEFAULT_SWEEPER.automatic).toEqual(['rows']);
  });

  it('takes files as automatic, and nothing as automatic', () => {
    expect(read({ automatic: ['rows', 'files'] }).automatic).toEqual([
      'rows',
      'files',
    ]);
    expect(read({ automatic: [] }).automatic).toEqual([]);
  });

  it.each(['repositories', 'databases', 'processes', 'everything'])(
    'refuses to sweep %s without a person',
    name => {
      expect(() => read({ automatic: [name] })).toThrow(
        `agentic.sweeper.automatic names '${name}'; only 'rows' and 'files' may go without a person, remove it`,
      );
    },
  );

  it.each(['everyHours', 'graceDays', 'archiveDays'])(
    'refuses a %s of zero',
    key => {
      expect(() => read({ [key]: 0 })).toThrow(
        `agentic.sweeper.${key} is 0; give a number above zero`,
      );
    },
  );
});
