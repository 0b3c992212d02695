import {
  findTemplate,
  renderService,
} from '@agentic-backstage/service-templates';
import type { ArtifactFileInput } from '@agentic-backstage/plugin-agentic-node';
import path from 'node:path';
import { LocalPostgres } from '../../../localPostgres/LocalPostgres';
import { createGitPublishTool } from '../../../git/gitPublishTool';
import { aTarget, livingProcesses } from '../../__fixtures__/aTarget';
import { LocalProcessTarget } from '../../LocalProcessTarget';
import { localProcessOptions } from '../../localProcessOptions';

// Compiling takes minutes the first time, so this is a step of its own in CI.
const wanted = process.env.AGENTIC_TEST_LANGUAGE === 'go';

jest.setTimeout(900_000);

type Change = (path: string, content: string) => string;

(wanted ? describe : describe.skip)('Go services as local processes', () => {
  let world: ReturnType<typeof aTarget>;
  let published = 0;

  beforeEach(() => {
    // The store of the repository, so that what was compiled once is used again.
    const { dependencyStore } = localProcessOptions({
      dataDir: '/',
      allowProduction: false,
    });
    world = aTarget({ dependencyStore });
  });
  afterEach(() => world.tearDown());

  async function publish(
    change: Change = (_, content) => content,
    further: ArtifactFileInput[] = [],
  ) {
    const spec = {
      name: 'user-service',
      description: 'Keeps users',
      owner: 'group:default/team-a',
      language: 'go',
      pattern: 'rest-api',
      database: 'none',
      environment: 'development',
      port: 8080,
    };
    const template = findTemplate(spec)!;
    const files = renderService(spec, {
      provenance: {
        generator: 'test',
        requestId: 'wf-1',
        requestedBy: 'user:default/ada',
        approvals: {},
        purpose: 'test',
        template: template.id,
        templateHash: template.hash,
      },
    }).map(file => ({ ...file, content: change(file.path, file.content) }));
    const { artifactId } = await world.context.artifacts.save({
      name: 'service',
      files: [...files, ...further],
    });
    published += 1;
    const { commit } = await createGitPublishTool(world.options.git).execute(
      {
        serviceName: spec.name,
        artifactIds: [artifactId],
        message: 'feat: first version',
        branch: 'main',
      },
      { ...world.context, idempotencyKey: `wf-go-${published}.t1.publish` },
    );
    return {
      serviceName: spec.name,
      environment: 'development',
      artifactIds: [artifactId],
      commit,
      port: 8080,
      database: false,
    };
  }

  it('are compiled from the commit, answer, outlive the portal and end whole', async () => {
    const params = await publish(undefined, [
      {
        path: 'bin/service',
        content: '#!/bin/sh\nexec sleep 60\n',
        executable: true,
      },
    ]);
    const { port, pid, deploymentId } = await world.tool.execute(
      params,
      world.context,
    );
    const collection = `http://127.0.0.1:${port}/v1/users`;
    const created = await fetch(collection, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'ada' }),
    });
    expect(created.status).toBe(201);

    // Another portal on the same data folder finds the same process.
    const after = new LocalProcessTarget(
      world.options,
      new LocalPostgres({
        dataDir: world.dataDir,
        allowProduction: false,
        portRange: { from: 24900, to: 24999 },
      }),
    );
    const state = await after.find(deploymentId);
    expect(state).toMatchObject({ pid, language: 'go' });
    expect(await after.look(state!)).toMatchObject({ state: 'healthy' });
    expect(await (await fetch(collection)).json()).toMatchObject({
      items: [{ name: 'ada' }],
    });
    await after.stop(state!);
    expect(livingProcesses(world.dataDir)).toEqual([]);
    // Started again from what was compiled, without the sources being looked at.
    const again = await after.start(state!, world.context);
    expect(await after.look(again)).toMatchObject({ state: 'healthy' });
  });

  it.each([
    [
      'a hash in go.sum that no module has',
      /checksum mismatch/,
      (file: string, content: string) =>
        file === 'go.sum'
          ? content.replace(
              /^(github.com\/gin-gonic\/gin \S+ h1:)\S{20}/m,
              '$1AAAAAAAAAAAAAAAAAAAA',
            )
          : content,
    ],
    [
      'an import that go.sum does not let in',
      /missing go\.sum entry|no required module/,
      (file: string, content: string) =>
        file === 'go.sum'
          ? content
              .split('\n')
              .filter(line => !line.startsWith('github.com/google/uuid v'))
              .join('\n')
          : content,
    ],
    [
      'code that does not compile',
      /does not compile.*undefined: nonsense/s,
      (file: string, content: string) =>
        file === path.join('cmd', 'service', 'main.go')
          ? content.replace('os.Exit(run(', 'os.Exit(nonsense(')
          : content,
    ],
  ])('are not started with %s', async (_, reason, change) => {
    const params = await publish(change);
    await expect(world.tool.execute(params, world.context)).rejects.toThrow(
      reason,
    );
    expect(livingProcesses(world.dataDir)).toEqual([]);
  });
});
