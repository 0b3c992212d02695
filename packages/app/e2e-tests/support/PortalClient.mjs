/** Talks to the portal over HTTP as one of the example people, without a browser. */
export class PortalClient {
  #url;
  #person;
  #token;

  constructor(url, person) {
    this.#url = url;
    this.#person = `user:default/${person}`;
  }

  async #signIn() {
    const response = await fetch(
      `${this.#url}/api/auth/example-people/refresh`,
      { headers: { 'x-example-person': this.#person } },
    );
    const body = await response.json();
    if (!response.ok) {
      throw new Error(
        `${this.#person} cannot sign in: ${JSON.stringify(body)}`,
      );
    }
    return body.backstageIdentity.token;
  }

  /** Answers status and parsed body, whatever the status is. */
  async request(method, path, body) {
    this.#token ??= await this.#signIn();
    const response = await fetch(`${this.#url}/api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        'content-type': 'application/json',
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text === '' ? undefined : JSON.parse(text),
    };
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
}
