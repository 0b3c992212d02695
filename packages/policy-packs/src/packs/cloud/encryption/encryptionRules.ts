import type { PolicyRule } from '../../../rules/PolicyRule';
import { cloudRules } from '../cloudRule';
import { AT_REST_AWS_SERVICES } from './atRestAwsServices';
import { AT_REST_AWS_STORAGE } from './atRestAwsStorage';
import { AT_REST_OTHER_CLOUDS } from './atRestOtherClouds';
import { KEYS_AWS_SERVICES } from './keysAwsServices';
import { KEYS_AWS_STORAGE } from './keysAwsStorage';
import { KEYS_OTHER_CLOUDS } from './keysOtherClouds';
import { TRANSIT_AWS_EDGE } from './transitAwsEdge';
import { TRANSIT_AWS_SERVICES } from './transitAwsServices';
import { TRANSIT_AZURE } from './transitAzure';
import { TRANSIT_OTHER_CLOUDS } from './transitOtherClouds';

/** Rules that ask for encryption: at rest, with keys of one's own, in transit. */
export const ENCRYPTION_RULES: readonly PolicyRule[] = [
  ...cloudRules('encryption-at-rest', 'encryption-at-rest-', {
    ...AT_REST_AWS_STORAGE,
    ...AT_REST_AWS_SERVICES,
    ...AT_REST_OTHER_CLOUDS,
  }),
  ...cloudRules('encryption-in-transit', 'encryption-in-transit-', {
    ...TRANSIT_AWS_EDGE,
    ...TRANSIT_AWS_SERVICES,
    ...TRANSIT_AZURE,
    ...TRANSIT_OTHER_CLOUDS,
  }),
  ...cloudRules('encryption-cmk', 'encryption-cmk-', {
    ...KEYS_AWS_STORAGE,
    ...KEYS_AWS_SERVICES,
    ...KEYS_OTHER_CLOUDS,
  }),
];
