import { ConfigReader } from '@backstage/config';
import { DEFAULT_INCIDENTS } from './IncidentSettings';
import { readIncidentSettings } from './readIncidentSettings';

const read = (incidents?: object) =>
  readIncidentSettings(new ConfigReader({ agentic: { incidents } }));

describe('readIncidentSettings', () => {
  it('has defaults', () => {
    expect(read()).toEqual(DEFAULT_INCIDENTS);
  });

  it('reads durations as text and as parts', () => {
    expect(
      read({
        escalation: ['group:default/on-call', 'user:default/ada'],
        escalateAfter: '5m',
        reopenWithin: { hours: 2 },
      }),
    ).toEqual({
      escalation: ['group:default/on-call', 'user:default/ada'],
      escalateAfterMs: 300_000,
      reopenWithinMs: 7_200_000,
    });
  });

  it.each([
    [{ escalateAfter: '2s' }, /escalateAfter is shorter than a minute/],
    [{ escalation: ['on-call'] }, /escalation names 'on-call'/],
  ])('refuses %j', (incidents, why) => {
    expect(() => read(incidents)).toThrow(why);
  });
});
