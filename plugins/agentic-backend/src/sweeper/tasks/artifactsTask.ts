import type { SweepTask } from '@agentic-backstage/plugin-agentic-node';
import type { Knex } from 'knex';

interface Kind {
  readonly id: string;
  readonly title: string;
  readonly reason: string;
  readonly rows: (knex: Knex) => Knex.QueryBuilder;
}

/** In this order: what the first takes away may leave the next with nothing that refers to it. */
const KINDS: readonly Kind[] = [
  {
    id: 'artifacts',
    title: 'artifacts',
    reason: 'Their workflow is not on record any more',
    rows: knex =>
      knex('artifacts').whereNotIn(
        'workflow_id',
        knex('workflows').select('id'),
      ),
  },
  {
    id: 'files',
    title: 'file lists',
    reason: 'No artifact refers to them',
    rows: knex =>
      knex('artifact_files').whereNotIn(
        'artifact_id',
        knex('artifacts').select('artifact_id'),
      ),
  },
  {
    id: 'contents',
    title: 'contents of files',
    reason: 'No file refers to them',
    rows: knex =>
      knex('blobs').whereNotIn(
        'digest',
        knex('artifact_files').select('digest'),
      ),
  },
];

/** Deletes parts of artifacts that nothing refers to; an artifact of any workflow on record stays whole. */
export function artifactsTask(knex: Knex): SweepTask {
  const count = async (kind: Kind): Promise<number> => {
    const [row] = await kind.rows(knex).count({ total: '*' });
    return Number(row.total);
  };
  return {
    id: 'host.artifacts',
    title: 'Unreferenced artifacts',
    class: 'rows',
    async find() {
      const found = [];
      for (const kind of KINDS) {
        const total = await count(kind);
        if (total > 0) {
          found.push({
            id: kind.id,
            title: `${total} ${kind.title}`,
            reason: kind.reason,
            action: 'deleted',
            belongsTo: {},
          });
        }
      }
      return found;
    },
    async remove(candidate) {
      const kind = KINDS.find(({ id }) => id === candidate.id);
      // The condition is asked again by the statement itself: what is referred to by now stays.
      await kind?.rows(knex).delete();
      const left = kind ? await count(kind) : 0;
      return {
        state: left === 0 ? 'absent' : 'unknown',
        evidence: `${left} are left`,
        observedAt: new Date().toISOString(),
      };
    },
  };
}
