import { createHash } from 'crypto';
import { launchSpec } from './launchSpec';
import { renderSingle } from './renderService';
import { DependencyLock, ServiceSpec } from './types';

/**
 * The manifest and lockfile of a variant, and a hash that leaves the service's
 * name out: services with the same dependencies share one installation.
 */
export function dependencyLock(spec: ServiceSpec): DependencyLock {
  const { manifestPath, lockfilePath } = launchSpec(spec);
  const neutral = { ...spec, name: 'service', description: '' };
  const hash = createHash('sha256')
    .update(renderSingle(neutral, lockfilePath))
    .digest('hex');
  return {
    manifest: { path: manifestPath, content: renderSingle(spec, manifestPath) },
    lockfile: { path: lockfilePath, content: renderSingle(spec, lockfilePath) },
    hash,
  };
}
