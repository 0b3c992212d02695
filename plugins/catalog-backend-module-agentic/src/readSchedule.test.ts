import { mockServices } from '@backstage/backend-test-utils';
import { readSchedule } from './readSchedule';

const read = (agentic?: object) =>
  readSchedule(
    mockServices.rootConfig({
      data: { catalog: { providers: { ...(agentic && { agentic }) } } },
    }),
  );

describe('readSchedule', () => {
  it.each([undefined, {}])('is every 30 seconds for %j', agentic => {
    expect(read(agentic)).toMatchObject({ frequency: { seconds: 30 } });
  });

  it('takes what is configured', () => {
    const schedule = { frequency: { minutes: 5 }, timeout: { minutes: 1 } };
    expect(read({ schedule })).toEqual(schedule);
  });

  it('refuses a schedule without a frequency by name', () => {
    expect(() => read({ schedule: { timeout: 'PT1M' } })).toThrow(/frequency/);
  });
});
