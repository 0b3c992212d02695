import { aDraft } from '../__fixtures__/aDraft';
import { anIntent } from '../__fixtures__/anIntent';
import { assessRisks } from './assessRisks';

describe('assessRisks', () => {
  it.each([
    ['single-zone', {}, true],
    ['single-zone', { highAvailability: true }, false],
    ['single-zone', { database: 'none' }, false],
    ['migration-fails', {}, true],
    ['migration-fails', { database: 'none' }, false],
    ['data-in-memory', { database: 'none' }, true],
    ['data-in-memory', {}, false],
    ['production', { environment: 'production' }, true],
    ['production', {}, false],
  ])('%s for %j: %s', (id, given, expected) => {
    const ids = assessRisks(anIntent(given), aDraft().tasks).map(
      risk => risk.id,
    );

    expect(ids.includes(id)).toBe(expected);
  });

  it('names tasks of the plan and a mitigation for each risk', () => {
    const { tasks } = aDraft();
    const known = tasks.map(({ taskId }) => taskId);

    for (const risk of assessRisks(anIntent(), tasks)) {
      expect(risk.taskIds.length).toBeGreaterThan(0);
      expect(known).toEqual(expect.arrayContaining(risk.taskIds));
      expect(risk.mitigation).not.toBe('');
    }
  });
});
