import { listensOn } from './deploymentProcesses';
import type { DeploymentState } from './DeploymentStates';
import { httpLook, type HttpAnswer } from './httpLook';

/** What a look at a deployment found. */
export interface DeploymentLook {
  readonly state: 'healthy' | 'unhealthy' | 'gone';
  readonly evidence: string;
  /** What it answered to the question for its health, when it was no other process that answered. */
  readonly answer?: HttpAnswer;
}

/**
 * Looks at a deployment over HTTP: whether what answers is this service in this version, and whether
 * it is one of its own processes that listens on the port.
 */
export async function lookAtDeployment(
  state: DeploymentState,
  pids: readonly number[],
): Promise<DeploymentLook> {
  if (pids.length === 0) {
    return {
      state: 'gone',
      evidence: `No process of ${state.deploymentId} lives`,
    };
  }
  const unhealthy = (
    evidence: string,
    answer?: HttpAnswer,
  ): DeploymentLook => ({ state: 'unhealthy', evidence, answer });
  const url = `http://127.0.0.1:${state.port}${state.healthPath}`;
  let answer: HttpAnswer;
  try {
    answer = await httpLook(state.port, state.healthPath);
  } catch (error) {
    return unhealthy(`GET ${url}: ${(error as Error).message}`);
  }
  const owned = listensOn(state.port, pids);
  if (owned === false) {
    return unhealthy(
      `GET ${url} answered, but another process listens on port ${state.port}`,
    );
  }
  if (answer.statusCode !== 200) {
    return unhealthy(`GET ${url} answered ${answer.statusCode}`, answer);
  }
  const named = identityIn(answer.body);
  const rightName = named.service === state.serviceName;
  const rightVersion =
    named.version === state.manifestVersion || named.version === state.version;
  if (!rightName || !rightVersion) {
    return unhealthy(
      `GET ${url} answered 200 as '${named.service ?? '?'}' version '${
        named.version ?? '?'
      }', expected '${state.serviceName}' version '${state.manifestVersion}'`,
      answer,
    );
  }
  return {
    state: 'healthy',
    evidence: `GET ${url} answered 200 as ${named.service} ${
      named.version
    } in ${answer.latencyMs} ms${
      owned ? `; process ${state.pid} of commit ${state.commit} listens` : ''
    }`,
    answer,
  };
}

/** Who a health answer says it is. */
function identityIn(body: string): { service?: string; version?: string } {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed === 'object' && parsed !== null) {
      const text = (value: unknown) =>
        typeof value === 'string' ? value : undefined;
      const fields = parsed as Record<string, unknown>;
      return {
        service: text(fields.service) ?? text(fields.name),
        version: text(fields.version),
      };
    }
  } catch {
    // Not JSON: it does not say who it is.
  }
  return {};
}
