import { createHash } from 'crypto';
import { Provenance, RenderedFile, ServicePart } from '../types';
import { encodeJson } from './encoders';
import { carriesHeader } from './provenanceHeader';

/**
 * Path of a part's manifest. Each part has its own, so that the parts can be
 * rendered apart and put together without touching each other's files.
 */
export function manifestPath(part: ServicePart): string {
  return part === 'repository'
    ? '.agentic/provenance.json'
    : `.agentic/provenance-${part}.json`;
}

/** Lists every file of a part with its SHA-256; the only trail for formats that have no comments. */
export function provenanceManifest(
  part: ServicePart,
  files: readonly RenderedFile[],
  provenance: Provenance,
): RenderedFile {
  const manifest = {
    part,
    generator: provenance.generator,
    requestId: provenance.requestId,
    requestedBy: provenance.requestedBy,
    approvals: {
      strategic: provenance.approvals.strategic ?? 'pending',
      final: provenance.approvals.final ?? 'pending',
    },
    purpose: provenance.purpose,
    ...(provenance.planHash ? { planHash: provenance.planHash } : {}),
    template: { id: provenance.template, sha256: provenance.templateHash },
    rollback: `./rollback.sh ${provenance.requestId}`,
    files: files.map(({ path, content }) => ({
      path,
      sha256: createHash('sha256').update(content).digest('hex'),
      header: carriesHeader(path),
    })),
  };
  return { path: manifestPath(part), content: `${encodeJson(manifest, 2)}\n` };
}
