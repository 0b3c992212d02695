import http from 'node:http';

/** The header of a person of the sample company: replicas take anybody's word for who they are. */
export function headerOf(person) {
  return `Bearer mock-user-token:${JSON.stringify({
    sub: `user:default/${person}`,
  })}`;
}

/** Talks to the framework as one person. Sends nothing twice by itself. */
export class Client {
  #url;
  #person;
  #agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

  constructor(url, person) {
    this.#url = new URL(url);
    this.#person = person;
  }

  /** Answers status, body, and which replica it was. Throws when there is no answer. */
  request(method, path, body) {
    return new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const sent = http.request(
        {
          host: this.#url.hostname,
          port: this.#url.port,
          method,
          path: `/api/agentic${path}`,
          agent: this.#agent,
          headers: {
            authorization: headerOf(this.#person),
            ...(text !== undefined && {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(text),
            }),
          },
        },
        answer => {
          let received = '';
          answer.setEncoding('utf8').on('data', part => {
            received += part;
          });
          answer.on('error', reject);
          answer.on('end', () => {
            const isJson = /json/.test(answer.headers['content-type'] ?? '');
            resolve({
              status: answer.statusCode,
              replica: answer.headers['x-replica'],
              body: isJson ? JSON.parse(received) : received,
            });
          });
        },
      );
      sent.on('error', reject);
      sent.end(text);
    });
  }

  /** Answers the body, or fails when the status is not a 2xx. */
  async call(method, path, body) {
    const answer = await this.request(method, path, body);
    if (answer.status < 200 || answer.status > 299) {
      throw new Error(
        `${method} ${path} answered ${answer.status}: ${JSON.stringify(
          answer.body,
        )}`,
      );
    }
    return answer.body;
  }

  /** Asks for a service; asking again for the same goes on with the same workflow. */
  async ask(serviceName) {
    const { workflowId } = await this.call('POST', '/workflows', {
      template: 'sample',
      description: `Create ${serviceName}`,
      idempotencyKey: serviceName,
      parameters: { serviceName, environment: 'staging' },
    });
    return workflowId;
  }

  workflow(workflowId) {
    return this.call('GET', `/workflows/${workflowId}`);
  }

  /** Signs the open approval of a workflow. */
  async approve(workflowId) {
    const { approvals } = await this.workflow(workflowId);
    const open = approvals.find(({ status }) => status === 'open');
    if (!open) {
      throw new Error(`${workflowId} has no open approval`);
    }
    return this.call('POST', `/approvals/${open.approvalId}/decision`, {
      decision: 'approve',
      reason: 'The dry run shows what we want.',
      scopeHash: open.scopeHash,
    });
  }

  close() {
    this.#agent.destroy();
  }
}
