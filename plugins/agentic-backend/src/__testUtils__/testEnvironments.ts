import type {
  EnvironmentRule,
  EnvironmentRules,
} from '../environments/EnvironmentRules';

const OPEN: EnvironmentRule = {
  requesters: ['everyone'],
  operators: [],
  automatedSystems: [],
  requireChangeReason: false,
};

/** The environments of the sample company: everybody may ask for work anywhere. */
export const testEnvironments: EnvironmentRules = {
  development: { ...OPEN, dataClass: 'synthetic' },
  staging: { ...OPEN, dataClass: 'anonymised' },
  preview: OPEN,
  production: { ...OPEN, dataClass: 'live' },
};
