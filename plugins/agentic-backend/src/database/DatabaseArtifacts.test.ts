import { setTimeout as sleep } from 'node:timers/promises';
import { testDatabases } from '../__testUtils__/databases';
import { AgenticDatabase } from './AgenticDatabase';
import { DatabaseArtifacts } from './DatabaseArtifacts';

const provenance = {
  requestId: 'wf-1',
  planHash: 'a'.repeat(64),
  agent: 'codegen',
  agentVersion: '1.0.0',
  requestedBy: 'user:default/ada',
};

describe('DatabaseArtifacts', () => {
  const databases = testDatabases();

  describe.each(databases.names)('on %s', name => {
    let artifacts: DatabaseArtifacts;
    let database: AgenticDatabase;
    beforeEach(async () => {
      const knex = await databases.open(name);
      database = await AgenticDatabase.create({ getClient: async () => knex });
      artifacts = new DatabaseArtifacts(knex);
    });

    const save = (content: string, taskId = 't1') =>
      artifacts.save({
        workflowId: 'wf-1',
        taskId,
        name: 'repository',
        provenance,
        files: [
          { path: 'README.md', content },
          { path: 'run.sh', content: 'echo', executable: true },
        ],
      });

    it('gives back what was saved, once however often it was saved', async () => {
      const saved = await save('# One');
      await save('# One');
      expect(await artifacts.list('wf-1')).toHaveLength(1);
      expect(await artifacts.files('wf-1', saved.artifactId)).toEqual([
        { path: 'README.md', content: '# One', executable: false },
        { path: 'run.sh', content: 'echo', executable: true },
      ]);
    });

    it('is saved beside a change of the workflow, neither waiting for the other without end', async () => {
      const at = new Date().toISOString();
      await database.knex('workflows').insert({
        id: 'wf-1',
        requested_by: 'user:default/ada',
        template: 'sample',
        service_name: 'one',
        environment: 'staging',
        plan_id: 'wf-1',
        plan_hash: provenance.planHash,
        phase: 'running',
        created_at: at,
        updated_at: at,
      });
      let saving: Promise<unknown> | undefined;
      await database.withWorkflow('wf-1', async tx => {
        saving = save('# One');
        // Time to get as far as it can while the row is held; the record is taken after that.
        await sleep(300);
        tx.record({
          kind: 'workflow.paused',
          actor: 'system',
          subject: 'workflow:wf-1',
          payload: {},
        });
      });
      await saving;
      const kinds = await database
        .knex('record_entries')
        .where('chain', 'wf-1')
        .orderBy('seq')
        .pluck('kind');
      expect(kinds).toEqual(['workflow.paused', 'artifact.stored']);
    });

    it('keeps sets of hundreds of files', async () => {
      const files = Array.from({ length: 330 }, (_, index) => ({
        path: `f${index}.txt`,
        content: index % 3 === 0 ? 'same' : `content ${index}`,
      }));
      const { artifactId } = await artifacts.save({
        workflowId: 'wf-1',
        taskId: 't1',
        name: 'many',
        provenance,
        files,
      });
      expect(await artifacts.files('wf-1', artifactId)).toHaveLength(330);
    });

    it('shows the version an earlier attempt made', async () => {
      await save('# One');
      await new Promise(resolve => setTimeout(resolve, 5));
      const second = await save('# Two');
      expect(
        await artifacts.file('wf-1', second.artifactId, 'README.md'),
      ).toMatchObject({
        content: '# Two',
        previousContent: '# One',
      });
    });

    it('shows nothing of another workflow', async () => {
      const { artifactId } = await save('# One');
      await expect(artifacts.files('wf-2', artifactId)).rejects.toMatchObject({
        name: 'NotFoundError',
      });
      await expect(
        artifacts.file('wf-1', artifactId, 'none.md'),
      ).rejects.toMatchObject({
        name: 'NotFoundError',
      });
    });
  });
});
