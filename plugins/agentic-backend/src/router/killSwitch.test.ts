import { mockCredentials } from '@backstage/backend-test-utils';
import { spawn } from 'node:child_process';
import path from 'node:path';
import {
  startSamplePortal,
  type SamplePortal,
} from '../__testUtils__/startSamplePortal';

jest.setTimeout(180_000);

const header = (name: string) =>
  mockCredentials.user.header(`user:default/${name}`);
const machine = (subject: string) =>
  mockCredentials.service.header({
    onBehalfOf: mockCredentials.service(subject),
    targetPluginId: 'agentic',
  });
const ADA = header('ada');
const BEN = header('ben');
const NOBODY = mockCredentials.none.header();
const CI = machine('external:ci');
const WATCHDOG = machine('external:watchdog');
const COMMAND = path.resolve(
  __dirname,
  '../../../agentic-common/bin/agentic-stop',
);

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line; the token comes from the environment or from standard input, never from an argument. */
async function agenticStop(
  args: readonly string[],
  token: { AGENTIC_TOKEN?: string; stdin?: string } = {},
): Promise<Ended> {
  const { stdin = '', ...environment } = token;
  const child = spawn(process.execPath, [COMMAND, ...args], {
    env: environment,
    stdio: 'pipe',
  });
  let out = '';
  let err = '';
  child.stdout.on('data', chunk => (out += chunk));
  child.stderr.on('data', chunk => (err += chunk));
  child.stdin.end(stdin);
  return new Promise(resolve =>
    child.on('close', code => resolve({ code, out, err })),
  );
}

describe('/kill-switch', () => {
  let portal: SamplePortal;

  beforeAll(async () => {
    portal = await startSamplePortal({
      agentic: {
        machineAccess: [
          {
            subject: 'external:watchdog',
            permissions: ['agentic.killSwitch.use', 'agentic.agent.read'],
            environments: ['staging'],
          },
          {
            subject: 'external:ci',
            permissions: ['agentic.workflow.create'],
            environments: ['staging'],
          },
        ],
      },
    });
  });
  afterAll(() => portal.stop());

  const stop = (as: string, body: object) =>
    portal.call('post', '/kill-switch', { as, body });
  const release = (as: string, body: object) =>
    portal.call('post', '/kill-switch/release', { as, body });
  const engaged = async () =>
    (await portal.call('get', '/kill-switch', { as: ADA })).body.engaged;

  it('stops for people and machines, and is released by people who hold a role', async () => {
    const stopped = await stop(WATCHDOG, {
      agent: 'maker',
      reason: 'it deploys too often',
    });
    expect(stopped).toMatchObject({
      status: 201,
      body: {
        agent: 'maker',
        engagedBy: 'service:external:watchdog',
        reason: 'it deploys too often',
      },
    });
    const again = await stop(ADA, { agent: 'maker', reason: 'me too' });
    expect(again).toMatchObject({ status: 200, body: stopped.body });
    expect(await engaged()).toEqual([stopped.body]);

    const { body } = await portal.call('get', '/agents', { as: ADA });
    expect(body.items).toContainEqual(
      expect.objectContaining({
        id: 'maker',
        status: 'active',
        stopped: stopped.body,
        tools: ['world.make'],
        lane: 'execute',
        emits: ['infra.provisioned'],
        permissions: [],
        accepts: expect.arrayContaining(['makes?']),
      }),
    );
    const health = await portal.call('get', '/agents/maker/health');
    expect(health).toMatchObject({ status: 503, body: { status: 'stopped' } });

    for (const [as, status] of [
      [WATCHDOG, 403],
      [ADA, 403],
      [NOBODY, 401],
    ] as const) {
      const refused = await release(as, { agent: 'maker', reason: 'go' });
      expect(refused.status).toBe(status);
    }
    const released = await release(BEN, { agent: 'maker', reason: 'fixed' });
    expect(released).toMatchObject({
      status: 200,
      body: { agent: 'maker', releasedBy: 'user:default/ben' },
    });
    expect(await engaged()).toEqual([]);
  });

  it.each([
    ['nobody', NOBODY, { all: true, reason: 'x' }, 401],
    ['a machine without the permission', CI, { all: true, reason: 'x' }, 403],
    ['no reason', ADA, { all: true }, 400],
    ['an empty reason', ADA, { all: true, reason: '  ' }, 400],
    ['nothing to stop', ADA, { reason: 'x' }, 400],
    ['both at once', ADA, { all: true, agent: 'maker', reason: 'x' }, 400],
    ['a field too many', ADA, { all: true, reason: 'x', by: 'ben' }, 400],
    ['an unknown agent', ADA, { agent: 'nobody', reason: 'x' }, 404],
  ])('refuses %s', async (_, as, body, status) => {
    const refused = await stop(as, body);
    expect([refused.status, await engaged()]).toEqual([status, []]);
  });

  it('answers 503 to requests while all agents are stopped, and keeps nothing', async () => {
    await stop(BEN, { all: true, reason: 'a key leaked' });
    const request = {
      template: 'sample',
      parameters: { serviceName: 'not-now', environment: 'staging' },
    };
    const refused = await portal.call('post', '/workflows', {
      as: ADA,
      body: request,
    });
    expect(refused.status).toBe(503);
    expect(refused.body.error?.message).toContain(
      'was stopped by user:default/ben: a key leaked',
    );
    await release(BEN, { all: true, reason: 'fixed' });
    const accepted = await portal.call('post', '/workflows', {
      as: ADA,
      body: request,
    });
    expect(accepted.status).toBe(201);
  });

  it('shows to signed-in people what it leans on, and to nobody else', async () => {
    const { status, body } = await portal.call('get', '/health/details', {
      as: ADA,
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'ok',
      process: expect.stringContaining(String(process.pid)),
      dependencies: expect.arrayContaining([
        expect.objectContaining({ id: 'tool:world', breaker: 'closed' }),
      ]),
    });
    expect(
      (await portal.call('get', '/health/details', { as: NOBODY })).status,
    ).toBe(401);
  });

  describe('from the command line', () => {
    const bearer = (text: string) => text.replace('Bearer ', '');
    const at = () => ['--url', new URL(portal.url).origin];

    it('stops, shows and releases', async () => {
      const order = ['--agent', 'maker', '--reason', 'a key leaked'];
      const stopped = await agenticStop([...at(), ...order], {
        AGENTIC_TOKEN: bearer(WATCHDOG),
      });
      expect(stopped).toMatchObject({ code: 0, err: '' });
      expect(stopped.out).toMatch(
        /^maker: stopped by service:external:watchdog at \S+: a key leaked\n$/,
      );
      const shown = await agenticStop([...at(), '--status', '--token-stdin'], {
        stdin: bearer(ADA),
      });
      expect(shown).toEqual({ code: 0, out: stopped.out, err: '' });

      const byMachine = await agenticStop([...at(), '--release', ...order], {
        AGENTIC_TOKEN: bearer(WATCHDOG),
      });
      expect(byMachine).toMatchObject({ code: 1, out: '' });
      expect(byMachine.err).toContain('Refused (403)');
      const released = await agenticStop([...at(), '--release', ...order], {
        AGENTIC_TOKEN: bearer(BEN),
      });
      expect(released).toMatchObject({ code: 0, err: '' });
      expect(await engaged()).toEqual([]);
    });

    it.each([
      ['no address', ['--all', '--reason', 'x'], '--url is missing'],
      ['no target', ['--url', 'http://localhost:1', '--reason', 'x'], '--all'],
      [
        'two targets',
        [
          '--url',
          'http://localhost:1',
          '--all',
          '--agent',
          'a',
          '--reason',
          'x',
        ],
        'Give either',
      ],
      ['no reason', ['--url', 'http://localhost:1', '--all'], '--reason'],
      [
        'a token in an argument',
        [
          '--url',
          'http://localhost:1',
          '--all',
          '--reason',
          'x',
          '--token',
          'y',
        ],
        'Unknown option',
      ],
      [
        'an open line to another machine',
        ['--url', 'http://portal.example', '--all', '--reason', 'x'],
        'unencrypted',
      ],
      [
        'no token',
        ['--url', 'http://localhost:1', '--all', '--reason', 'x'],
        'There is no token',
      ],
    ])('refuses %s', async (_, args, why) => {
      const ended = await agenticStop(args);
      expect([ended.code, ended.out]).toEqual([2, '']);
      expect(ended.err).toContain(why);
    });
  });
});
