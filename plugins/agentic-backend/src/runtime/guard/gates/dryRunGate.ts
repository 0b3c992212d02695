import { digestOf } from '../../canonicalJson';
import type { Gate } from '../Gate';

/** A dry run of exactly these parameters is on record. */
export const dryRunGate: Gate = {
  id: 'dry_run',
  stages: ['execute'],
  async refuse({ effect }) {
    if (!effect?.dryRun) {
      return 'no dry run is on record for it';
    }
    return digestOf(effect.params) === effect.paramsDigest
      ? undefined
      : 'its parameters are not the ones that were dry-run';
  },
};
