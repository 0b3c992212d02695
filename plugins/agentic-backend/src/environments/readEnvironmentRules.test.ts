import { ConfigReader } from '@backstage/config';
import { readEnvironmentRules } from './readEnvironmentRules';

const read = (environments: object) =>
  readEnvironmentRules(new ConfigReader({ agentic: { environments } }));

describe('readEnvironmentRules', () => {
  it('opens development and staging, and keeps production closed until it is said for whom', () => {
    expect(readEnvironmentRules(new ConfigReader({}))).toMatchObject({
      development: { requesters: ['everyone'], dataClass: 'synthetic' },
      staging: { requesters: ['everyone'], dataClass: 'anonymised' },
      production: {
        requesters: [],
        operators: [],
        automatedSystems: [],
        dataClass: 'live',
        requireChangeReason: true,
      },
    });
  });

  it('keeps the defaults of what is left out, and starts other environments closed', () => {
    expect(
      read({
        production: { operators: ['group:default/operators'] },
        canary: { dataClass: 'live' },
      }),
    ).toMatchObject({
      production: {
        operators: ['group:default/operators'],
        requireChangeReason: true,
      },
      canary: { requesters: [], operators: [], dataClass: 'live' },
      staging: { requesters: ['everyone'] },
    });
  });

  it.each([
    [{ staging: { requesters: ['quality'] } }, 'staging.requesters'],
    [{ staging: { requesters: ['all'] } }, 'staging.requesters'],
    [{ production: { operators: ['everyone'] } }, 'production.operators'],
    [{ staging: { dataClass: 'secret' } }, 'staging.dataClass'],
  ])('refuses %j and names the key', (environments, key) => {
    expect(() => read(environments)).toThrow(`agentic.environments.${key}`);
  });
});
