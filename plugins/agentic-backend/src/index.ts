/**
 * The Agentic Framework's backend plugin with its built-in agents and tools.
 *
 * @packageDocumentation
 */
import { createBackendFeatureLoader } from '@backstage/backend-plugin-api';
import { agentModules } from './agents';
import { agenticPlugin } from './plugin';
import { builtInToolModules } from './tools';

export { agenticPlugin } from './plugin';
export { runDoctor, type DoctorSurroundings } from './doctor/runDoctor';

/** Yields the host, and every built-in agent and tool as a module that came by the same door as yours. */
export default createBackendFeatureLoader({
  *loader() {
    yield agenticPlugin;
    yield* builtInToolModules;
    yield* agentModules;
  },
});
