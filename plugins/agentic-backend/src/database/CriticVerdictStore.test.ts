import { aCriticVerdict } from '../__testUtils__/criticSubject';
import { latestVerdicts } from './CriticVerdictStore';

describe('latestVerdicts', () => {
  it('keeps the last of each task and stage, in the order of the tasks', () => {
    const of = (
      verdictId: string,
      taskId: string,
      stage: 'output' | 'effects',
    ) => aCriticVerdict({ verdictId, taskId, stage });
    expect(
      latestVerdicts([
        of('a', 't10', 'output'),
        of('b', 't2', 'output'),
        of('c', 't2', 'effects'),
        of('d', 't1', 'output'),
        of('e', 't2', 'output'),
      ]).map(({ verdictId }) => verdictId),
    ).toEqual(['d', 'c', 'e', 'a']);
  });

  it('is nothing for nothing', () => {
    expect(latestVerdicts([])).toEqual([]);
  });
});
