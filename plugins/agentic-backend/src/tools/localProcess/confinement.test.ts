import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runsAsRoot } from '../exec/unprivilegedUser';
import { aTarget, livingProcesses } from './__fixtures__/aTarget';

jest.setTimeout(90_000);

const hasPrlimit = spawnSync('prlimit', ['--version']).status === 0;
// Given where the program is not on PATH.
const bubblewrap = process.env.BWRAP ?? 'bwrap';
const hasBubblewrap =
  spawnSync(bubblewrap, ['--ro-bind', '/', '/', '--unshare-pid', 'true'])
    .status === 0;

async function get(port: number, route: string): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${port}${route}`);
  return response.json();
}

(hasPrlimit ? describe : describe.skip)(
  'a service under resource limits',
  () => {
    let world: ReturnType<typeof aTarget>;

    beforeEach(() => {
      world = aTarget();
    });
    afterEach(async () => {
      await world.tearDown();
    });

    it.each([
      [
        'on the heap',
        'const hog = []; for (;;) hog.push(new Array(1e6).fill({}))',
      ],
      [
        'outside the heap',
        'const hog = []; for (;;) hog.push(Buffer.alloc(32 << 20, 1))',
      ],
    ])(
      'that hogs memory %s ends, and the machine does not notice',
      async (_, onDo) => {
        const params = await world.publish({ onDo });
        const { port, pid } = await world.tool.execute(params, world.context);
        let most = 0;
        const watch = setInterval(() => {
          try {
            const status = readFileSync(`/proc/${pid}/status`, 'utf8');
            most = Math.max(
              most,
              Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0),
            );
          } catch {
            // It has ended.
          }
        }, 20);
        await get(port, '/do').catch(() => undefined);
        clearInterval(watch);
        expect(most).toBeLessThan((512 + 640) * 1024);
        expect(
          await world.tool.rollback(params, undefined, world.context),
        ).toMatchObject({ state: 'absent' });
        expect(livingProcesses(world.dataDir)).toEqual([]);
      },
    );

    it('that forks without end is held at its limit, and is ended whole', async () => {
      const bomb = `
        import { spawn } from 'node:child_process';
        const again = () => {
          try {
            spawn(process.execPath, [process.argv[1]], { stdio: 'ignore', detached: true }).on('error', () => {});
          } catch {}
        };
        setInterval(again, 5);`;
      const params = await world.publish({
        prelude: `
          import { writeFileSync } from 'node:fs';
          import os from 'node:os';
          const file = os.tmpdir() + '/bomb-' + process.env.AGENTIC_DEPLOYMENT_ID + '.mjs';
          writeFileSync(file, ${JSON.stringify(bomb)});`,
        onDo: "spawn(process.execPath, [file], { stdio: 'ignore', detached: true })",
      });
      const result = await world.tool.execute(params, world.context);
      await get(result.port, '/do');
      let most = 0;
      for (const until = Date.now() + 5_000; Date.now() < until; ) {
        most = Math.max(most, livingProcesses(world.dataDir).length);
        await new Promise(resolve => setTimeout(resolve, 100));
      }
      expect(most).toBeGreaterThan(2);
      // The limit counts threads, of which a Node process has several.
      expect(most).toBeLessThan(world.options.limits.processes);
      expect(
        await world.tool.rollback(params, result, world.context),
      ).toMatchObject({ state: 'absent' });
      expect(livingProcesses(world.dataDir)).toEqual([]);
      rmSync(path.join(os.tmpdir(), `bomb-${result.deploymentId}.mjs`), {
        force: true,
      });
    });

    (runsAsRoot() ? describe : describe.skip)('when the portal is root', () => {
      it('does not run as root, and cannot read the secrets of the portal', async () => {
        const secret = path.join(world.dataDir, 'secret');
        writeFileSync(secret, 'secret', { mode: 0o600 });
        const params = await world.publish({
          prelude: "import { readFileSync } from 'node:fs';",
          onDo: `
        let read = 'allowed';
        try { readFileSync(${JSON.stringify(
          secret,
        )}); } catch (error) { read = error.code; }
        return answer({ uid: process.getuid(), groups: process.getgroups(), read })`,
        });
        const { port, isolation } = await world.tool.execute(
          params,
          world.context,
        );
        expect(isolation).toBe('resource limits only, not isolated');
        const found = (await get(port, '/do')) as Record<string, unknown>;
        expect(found.uid).toBeGreaterThanOrEqual(61184);
        expect(found.groups).toEqual([found.uid]);
        expect(found.read).toBe('EACCES');
      });
    });
  },
);

describe('a service without limits or sandbox', () => {
  it('says so', async () => {
    const world = aTarget({ prlimit: undefined });
    try {
      const params = await world.publish();
      const result = await world.tool.execute(params, world.context);
      expect(result.isolation).toBe('not isolated');
    } finally {
      await world.tearDown();
    }
  });
});

(hasBubblewrap ? describe : describe.skip)('a service in a sandbox', () => {
  it('sees its release and nothing else of the machine, and is ended whole', async () => {
    const world = aTarget({ bubblewrap });
    try {
      const params = await world.publish({
        prelude:
          "import fs from 'node:fs'; spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);",
        onDo: `
          const can = action => { try { action(); return 'allowed'; } catch (error) { return error.code; } };
          return answer({
            data: can(() => fs.readdirSync(${JSON.stringify(
              path.join(world.dataDir, 'deployments'),
            )})),
            write: can(() => fs.writeFileSync('written', 'x')),
            processes: fs.readdirSync('/proc').filter(name => /^[0-9]+$/.test(name)).length,
          })`,
      });
      const { port, isolation, pid } = await world.tool.execute(
        params,
        world.context,
      );
      expect(isolation).toBe(
        hasPrlimit ? 'bubblewrap' : 'bubblewrap, no resource limits',
      );
      const found = (await get(port, '/do')) as Record<string, unknown>;
      expect(found.data).toBe('ENOENT');
      expect(['EROFS', 'EACCES']).toContain(found.write);
      expect(found.processes).toBeLessThanOrEqual(4);
      expect(existsSync(`/proc/${pid}`)).toBe(true);
      expect(
        await world.tool.readBack(params, undefined, world.context),
      ).toMatchObject({ state: 'confirmed' });
      expect(
        await world.tool.rollback(params, undefined, world.context),
      ).toMatchObject({ state: 'absent' });
      expect(livingProcesses(world.dataDir)).toEqual([]);
    } finally {
      await world.tearDown();
    }
  });
});
