import type { Agent } from '../agents';

/** What an agent has declared; refuses anything else as the host does, and remembers what it refused. */
export class Declarations {
  readonly refused: string[] = [];
  readonly #agent:
    | Pick<Agent, 'id' | 'lane' | 'tools' | 'emits' | 'permissions'>
    | undefined;

  constructor(
    agent?: Pick<Agent, 'id' | 'lane' | 'tools' | 'emits' | 'permissions'>,
  ) {
    this.#agent = agent;
  }

  checkTool(tool: string): void {
    if (this.#agent && !this.#agent.tools.includes(tool)) {
      this.#refuse(
        `has not declared tool '${tool}'; add it to the agent's tools`,
      );
    }
  }

  checkEffect(key: string, tool: string | undefined): void {
    if (this.#agent && this.#agent.lane !== 'execute') {
      this.#refuse(
        `is in lane ${
          this.#agent.lane
        } and applied effect '${key}'; declare lane 'execute'`,
      );
    }
    if (tool !== undefined) {
      this.checkTool(tool);
    }
  }

  checkEvent(type: string): void {
    if (this.#agent && !this.#agent.emits.some(declared => declared === type)) {
      this.#refuse(
        `has not declared event '${type}'; add it to the agent's emits`,
      );
    }
  }

  checkSave(): void {
    if (this.#agent && !this.#agent.permissions?.includes('artifacts.write')) {
      this.#refuse(
        "has not declared that it saves files; add 'artifacts.write' to the agent's permissions",
      );
    }
  }

  #refuse(what: string): never {
    const message = `Agent '${this.#agent?.id}' ${what}`;
    this.refused.push(message);
    throw new Error(message);
  }
}
