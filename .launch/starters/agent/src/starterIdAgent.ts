import { createAgent } from '@agentic-backstage/plugin-agentic-node';
import { StarterIdInput, StarterIdOutput } from './schema';
import { findMissing } from './steps/findMissing';
import { listPaths } from './steps/listPaths';

/** Names the files that a workflow should have made and did not. */
export const starterIdAgent = createAgent<StarterIdInput, StarterIdOutput>({
  id: 'starter-id',
  title: 'Starter title',
  description: 'Names the files that a workflow should have made and did not.',
  version: '0.1.0',
  input: StarterIdInput,
  output: StarterIdOutput,

  // The capability table: what is not here is refused by the host.
  lane: 'read_only',
  permissions: [],
  emits: [],
  tools: [],
  secrets: [],

  async execute({ input, artifacts, log }) {
    const paths = await listPaths(artifacts);
    const missing = findMissing(input.wanted, paths);
    log.info(
      missing.length === 0
        ? 'Every wanted file is there'
        : `Missing: ${missing.join(', ')}`,
    );
    return { files: paths.length, missing };
  },
});
