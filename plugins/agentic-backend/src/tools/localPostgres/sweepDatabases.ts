import type {
  SweepCandidate,
  SweepTask,
} from '@agentic-backstage/plugin-agentic-node';
import type { LocalPostgres } from './LocalPostgres';

const SET_ASIDE = /_archived_\d{14}$/;

/**
 * Databases that the framework made and that no service uses: dropped when no table has rows,
 * otherwise renamed and kept. Those without the framework's own mark are not seen. A server that is
 * stopped is not started for it.
 */
export function createDatabasesSweepTask(
  postgres: Pick<LocalPostgres, 'access' | 'provisioning'>,
): SweepTask {
  const { access, provisioning } = postgres;
  return {
    id: 'postgres.databases',
    title: 'Orphaned databases',
    class: 'databases',
    async find() {
      if (!(await access.isRunning())) return [];
      const marked = await provisioning.listMarked();
      return marked
        .filter(({ name }) => !SET_ASIDE.test(name))
        .map(
          ({ name, mark }): SweepCandidate => ({
            id: `${name}:${mark.effect}`,
            title: `Database '${name}' of ${mark.service}`,
            reason: `Made by ${mark.effect}, and no service of that name is registered`,
            action:
              'dropped when no table has rows, otherwise renamed and kept',
            belongsTo: {
              workflows: [mark.effect.split('.')[0]],
              services: [mark.service],
            },
          }),
        );
    },
    async remove(candidate) {
      const observedAt = new Date().toISOString();
      const at = candidate.id.indexOf(':');
      const name = candidate.id.slice(0, at);
      const effect = candidate.id.slice(at + 1);
      const before = await provisioning.look(name);
      if (!before.database) {
        return {
          state: 'absent',
          evidence: `The server has no database '${name}'`,
          observedAt,
        };
      }
      if (before.databaseMark?.effect !== effect) {
        return {
          state: 'confirmed',
          evidence: `'${name}' was made by another effect since, and stays`,
          observedAt,
        };
      }
      const filled = await provisioning.tableWithRows(name);
      let evidence: string;
      if (filled) {
        const kept = await provisioning.setAside(name);
        evidence = `Table ${filled} has rows, so it was renamed to '${kept}'`;
      } else {
        await provisioning.drop(name);
        evidence = 'No table had rows; dropped with its role';
      }
      const after = await provisioning.look(name);
      return {
        state: after.database ? 'unknown' : 'absent',
        evidence,
        observedAt,
      };
    },
  };
}
