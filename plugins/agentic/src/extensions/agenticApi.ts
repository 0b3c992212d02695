import {
  ApiBlueprint,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { createAgenticClient } from '../api/createAgenticClient';
import { agenticApiRef } from '../api/AgenticApi';

/** Provides the API of the agentic backend to pages; replace it to talk to something else. */
export const agenticApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: agenticApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => createAgenticClient(deps),
    }),
});
