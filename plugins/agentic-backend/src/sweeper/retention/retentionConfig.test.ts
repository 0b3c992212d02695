import { ConfigReader } from '@backstage/config';
import { DEFAULT_RETENTION, readRetentionConfig } from './retentionConfig';

const read = (retention: object) =>
  readRetentionConfig(new ConfigReader({ agentic: { retention } } as never));

describe('readRetentionConfig', () => {
  it('keeps workflows and payloads when nothing is said, and the rest for a stated time', () => {
    expect(read({})).toEqual({
      ...DEFAULT_RETENTION,
      workflowDays: undefined,
      payloadDays: undefined,
    });
  });

  it.each([...Object.keys(DEFAULT_RETENTION), 'workflowDays', 'payloadDays'])(
    'takes %s, and refuses zero',
    key => {
      expect(read({ [key]: 9 })).toMatchObject({ [key]: 9 });
      expect(() => read({ [key]: 0 })).toThrow(
        `agentic.retention.${key} is 0; give a number above zero`,
      );
    },
  );

  it('keeps incidents for longer than facts are looked for', () => {
    expect(() => read({ incidentDays: 7 })).toThrow('give more than 7');
  });
});
