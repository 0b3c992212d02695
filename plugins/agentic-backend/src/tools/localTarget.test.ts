import { toolContext } from '@agentic-backstage/plugin-agentic-node/testUtils';
import {
  launchSpec,
  renderService,
} from '@agentic-backstage/service-templates';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gitOptions } from './git/gitOptions';
import { createGitPublishTool } from './git/gitPublishTool';
import { readDatabaseSecret } from './localPostgres/DatabaseSecrets';
import { EmbeddedPostgres } from './localPostgres/EmbeddedPostgres';
import { LocalPostgres } from './localPostgres/LocalPostgres';
import { createPostgresProvisionTool } from './localPostgres/postgresProvisionTool';
import { livingProcesses } from './localProcess/__fixtures__/aTarget';
import { createHttpProbeTool } from './localProcess/httpProbeTool';
import { localProcessOptions } from './localProcess/localProcessOptions';
import { LocalProcessTarget } from './localProcess/LocalProcessTarget';
import { createProcessDeployTool } from './localProcess/processDeployTool';
import { createProcessLogsTool } from './localProcess/processLogsTool';
import { reconcileDeployments } from './localProcess/reconcileDeployments';

jest.setTimeout(900_000);

// Installing and compiling take minutes the first time, so other languages are steps of their own in CI.
const language = process.env.AGENTIC_TEST_LANGUAGE ?? 'nodejs';

const spec = {
  name: 'user-service',
  description: 'Keeps the users of the shop',
  owner: 'group:default/team-a',
  language,
  pattern: 'rest-api',
  database: 'postgresql',
  environment: 'development',
  port: 8080,
};
const provenance = {
  generator: 'codegen 1.0.0',
  requestId: 'wf-1',
  requestedBy: 'user:default/sam',
  approvals: {},
  purpose: 'Create user-service',
  template: `${language}-rest-api`,
  templateHash: '0'.repeat(64),
};

describe(`the tools of the local target together, with ${language}`, () => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'agentic-e2e-test-'));
  chmodSync(dataDir, 0o755);
  const local = { dataDir, allowProduction: false };
  const postgresOptions = { ...local, portRange: { from: 25000, to: 25099 } };
  const postgres = new LocalPostgres(postgresOptions);
  const server = new EmbeddedPostgres(postgresOptions);
  const options = localProcessOptions(local, {
    portRange: { from: 23000, to: 23099 },
  });
  const target = new LocalProcessTarget(options, postgres);
  const publish = createGitPublishTool(gitOptions(local));
  const provision = createPostgresProvisionTool(postgresOptions, postgres);
  const deploy = createProcessDeployTool(options, target);
  const context = toolContext({ workflowId: `wf-${randomUUID()}` });
  const keyed = (key: string) => ({
    ...context,
    idempotencyKey: `${context.workflowId}.${key}`,
    effectId: key,
  });

  afterAll(async () => {
    for (const state of await target.states.list()) {
      await target.stop(state);
    }
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it(`publish a generated service in ${language}, give it a database, run it, and take all of it back`, async () => {
    const artifact = await context.artifacts.save({
      name: 'service',
      files: renderService(spec, { provenance }).map(file => ({
        path: file.path,
        content: file.content,
        executable: file.mode === 0o755,
      })),
    });
    const artifactIds = [artifact.artifactId];
    const publishParams = {
      serviceName: spec.name,
      artifactIds,
      message: 'feat: user-service',
      branch: 'main' as const,
    };
    const published = await publish.execute(publishParams, keyed('t3.publish'));

    const provisionParams = {
      serviceName: spec.name,
      database: 'user_service',
    };
    await provision.execute(provisionParams, keyed('t4.database'));

    const deployParams = {
      serviceName: spec.name,
      environment: 'development',
      artifactIds,
      commit: published.commit,
      port: spec.port,
      database: true,
      language,
    };
    expect(await deploy.validate(deployParams, context)).toEqual([]);
    const running = await deploy.execute(deployParams, keyed('t5.deploy'));
    expect(
      await deploy.readBack(deployParams, undefined, keyed('t5.deploy')),
    ).toMatchObject({ state: 'confirmed', result: running });

    const { resourcePath } = launchSpec(spec);
    const collection = `${running.url}${resourcePath}`;
    const created = await fetch(collection, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Ada' }),
    });
    expect(created.status).toBe(201);

    // The machine goes off, the portal comes up again.
    process.kill(running.pid, 'SIGKILL');
    while (livingProcesses(dataDir).length > 0) {
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    await server.stop();
    expect(
      await reconcileDeployments(target, context.records, context.secrets),
    ).toEqual([expect.objectContaining({ action: 'restarted' })]);
    const listed = await (await fetch(collection)).text();
    expect(listed).toContain('Ada');
    expect(
      await createHttpProbeTool(target).read(
        { deploymentId: running.deploymentId },
        context,
      ),
    ).toMatchObject({ healthy: true, ready: true });

    const logs = await createProcessLogsTool(target).read(
      { deploymentId: running.deploymentId, lines: 1000 },
      context,
    );
    expect(logs.lines.join('\n')).toContain('listening');
    const secret = await readDatabaseSecret(context.secrets, spec.name, 'test');
    expect(secret?.password).toMatch(/^[\w-]{32}$/);
    expect(`${logs.lines.join('\n')}${context.log.text}`).not.toContain(
      secret?.password,
    );

    const undone = [
      await deploy.rollback(deployParams, undefined, keyed('t5.deploy')),
      await provision.rollback(
        provisionParams,
        undefined,
        keyed('t4.database'),
      ),
      await publish.rollback(publishParams, undefined, keyed('t3.publish')),
    ];
    expect(undone.map(each => each.state)).toEqual([
      'absent',
      'absent',
      'absent',
    ]);
    expect(undone[1].evidence).toMatch(/renamed to 'user_service_archived_/);
    expect(livingProcesses(dataDir)).toEqual([]);
  });
});
