import type {
  Artifact,
  ArtifactFile,
  ArtifactFileContent,
  Provenance,
} from '@agentic-backstage/plugin-agentic-common';
import type { ArtifactFileInput } from '@agentic-backstage/plugin-agentic-node';
import { ConflictError, NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import { appendToRecord } from '../changeRecord/ChangeRecord';
import { digestOfText } from '../runtime/canonicalJson';
import { notFound } from '../service/notFound';
import { requireKeepable } from './artifactFiles';
import { fromJson, isoNow } from './rows';

const INSERTED_AT_ONCE = 50;

interface ArtifactRow {
  workflow_id: string;
  task_id: string;
  artifact_id: string;
  name: string;
  provenance: string;
  created_at: string;
}

interface FileRow {
  artifact_id: string;
  path: string;
  digest: string;
  size: number;
  executable: boolean | number;
}

/** Keeps file sets by the hash of their content. */
export class DatabaseArtifacts {
  constructor(private readonly knex: Knex) {}

  /** Keeps an artifact for a task; saving the same files again changes nothing. */
  async save(options: {
    workflowId: string;
    taskId: string;
    name: string;
    files: readonly ArtifactFileInput[];
    provenance: Provenance;
  }): Promise<Artifact> {
    const { workflowId, taskId, name, provenance } = options;
    const { artifactId, files } = requireKeepable(name, options.files);
    const createdAt = isoNow();
    await this.knex.transaction(async trx => {
      // Everybody takes a workflow's row before its record, and blobs in one order, so that nobody
      // waits for somebody who waits for them.
      await requirePlanInForce(trx, workflowId, provenance.planHash);
      const blobs = [
        ...new Map(
          options.files.map(file => [digestOfText(file.content), file.content]),
        ),
      ].sort(([one], [other]) => (one < other ? -1 : 1));
      for (let start = 0; start < blobs.length; start += INSERTED_AT_ONCE) {
        await trx('blobs')
          .insert(
            blobs
              .slice(start, start + INSERTED_AT_ONCE)
              .map(([digest, content]) => ({ digest, content })),
          )
          .onConflict('digest')
          .ignore();
      }
      for (let start = 0; start < files.length; start += INSERTED_AT_ONCE) {
        await trx('artifact_files')
          .insert(
            files
              .slice(start, start + INSERTED_AT_ONCE)
              .map(file => ({ artifact_id: artifactId, ...file })),
          )
          .onConflict(['artifact_id', 'path'])
          .ignore();
      }
      const known = await trx('artifacts')
        .where({
          workflow_id: workflowId,
          task_id: taskId,
          artifact_id: artifactId,
        })
        .first('artifact_id');
      await trx('artifacts')
        .insert({
          workflow_id: workflowId,
          task_id: taskId,
          artifact_id: artifactId,
          name,
          provenance: JSON.stringify(provenance),
          created_at: createdAt,
        })
        .onConflict(['workflow_id', 'task_id', 'artifact_id'])
        .ignore();
      if (!known) {
        await appendToRecord(trx, {
          chain: workflowId,
          kind: 'artifact.stored',
          actor: `agent:${provenance.agent}`,
          subject: `artifact:${artifactId}`,
          payload: { artifactId, taskId, name, provenance, files },
        });
      }
    });
    return {
      artifactId,
      workflowId,
      taskId,
      name,
      createdAt,
      provenance,
      files,
    };
  }

  /** The artifacts of a workflow, in the order of its tasks, oldest first within one. */
  async list(workflowId: string): Promise<Artifact[]> {
    const rows = await this.knex<ArtifactRow>('artifacts')
      .where('workflow_id', workflowId)
      .orderBy([{ column: 'task_id' }, { column: 'created_at' }]);
    const files = await this.knex<FileRow>('artifact_files')
      .whereIn(
        'artifact_id',
        rows.map(row => row.artifact_id),
      )
      .orderBy('path');
    return rows.map(row => ({
      artifactId: row.artifact_id,
      workflowId: row.workflow_id,
      taskId: row.task_id,
      name: row.name,
      createdAt: row.created_at,
      provenance: fromJson(row.provenance),
      files: files
        .filter(file => file.artifact_id === row.artifact_id)
        .map(toArtifactFile),
    }));
  }

  /** Every file of an artifact of this workflow. Throws `NotFoundError` for any other. */
  async files(
    workflowId: string,
    artifactId: string,
  ): Promise<ArtifactFileInput[]> {
    await this.#checkBelongs(workflowId, artifactId);
    const rows = await this.#contents(artifactId);
    return rows.map(row => ({
      path: row.path,
      content: row.content,
      executable: Boolean(row.executable),
    }));
  }

  /** One file with its content. Throws `NotFoundError` when the artifact or the path does not exist. */
  async file(
    workflowId: string,
    artifactId: string,
    path: string,
  ): Promise<ArtifactFileContent> {
    await this.#checkBelongs(workflowId, artifactId);
    const [row] = await this.#contents(artifactId, path);
    if (!row) {
      throw new NotFoundError(
        `No file '${path.slice(
          0,
          200,
        )}' in artifact '${artifactId}'; the workflow lists its files`,
      );
    }
    const before = await this.#versionBefore(workflowId, artifactId);
    const [previous] = before ? await this.#contents(before, path) : [];
    return {
      ...toArtifactFile(row),
      content: row.content,
      previousContent: previous?.content,
    };
  }

  /** The artifact of the same name that the same task made before this one, in an earlier attempt. */
  async #versionBefore(
    workflowId: string,
    artifactId: string,
  ): Promise<string | undefined> {
    const made = await this.knex<ArtifactRow>('artifacts')
      .where('workflow_id', workflowId)
      .orderBy('created_at');
    const index = made.findIndex(row => row.artifact_id === artifactId);
    const { task_id: taskId, name } = made[index];
    return made
      .slice(0, index)
      .filter(row => row.task_id === taskId && row.name === name)
      .pop()?.artifact_id;
  }

  async #contents(
    artifactId: string,
    path?: string,
  ): Promise<Array<FileRow & { content: string }>> {
    const query = this.knex('artifact_files')
      .join('blobs', 'blobs.digest', 'artifact_files.digest')
      .where('artifact_id', artifactId)
      .select('artifact_files.*', 'blobs.content')
      .orderBy('path');
    if (path !== undefined) query.where('path', path);
    return query;
  }

  async #checkBelongs(workflowId: string, artifactId: string): Promise<void> {
    const row = await this.knex<ArtifactRow>('artifacts')
      .where({ workflow_id: workflowId, artifact_id: artifactId })
      .first();
    if (!row) {
      throw notFound('artifact', artifactId);
    }
  }
}

/** An agent that still works for a plan which was changed meanwhile must not leave files to the new one. */
async function requirePlanInForce(
  trx: Knex.Transaction,
  workflowId: string,
  planHash: string,
): Promise<void> {
  const query = trx('workflows').where('id', workflowId);
  // A revision holds the row until it is committed; SQLite has one connection.
  const row: { plan_hash: string } | undefined = await (trx.client.config
    .client === 'pg'
    ? query.forShare()
    : query
  ).first('plan_hash');
  if (row && row.plan_hash !== planHash) {
    throw new ConflictError(
      `The plan of workflow '${workflowId}' was changed meanwhile; what was made for the old one is not kept`,
    );
  }
}

function toArtifactFile(row: FileRow): ArtifactFile {
  return {
    path: row.path,
    size: row.size,
    digest: row.digest,
    executable: Boolean(row.executable),
  };
}
