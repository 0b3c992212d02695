import { aRequest } from '../__fixtures__/aRequest';
import { anIntent } from '../__fixtures__/anIntent';
import { estimateCost } from './estimateCost';
import { preChecks } from './preChecks';

type Given = Parameters<typeof anIntent>[0];

function resultOf(id: string, given: Given, runtimes = aRequest().runtimes) {
  const intent = anIntent(given);
  const estimatedCost = estimateCost(intent);
  return preChecks(intent, { estimatedCost, runtimes }).find(
    check => check.id === id,
  );
}

describe('preChecks', () => {
  it.each([
    [{ database: 'none' }, 'passed', 'Nothing'],
    [{}, 'needs_review', 'names no budget'],
    [{ monthlyBudget: 100 }, 'passed', '$26.06'],
    [{ monthlyBudget: 27 }, 'needs_review', 'not priced'],
    [{ monthlyBudget: 10 }, 'failed', '$10.00'],
    [
      { environment: 'production', monthlyBudget: 100 },
      'needs_review',
      'unknown',
    ],
    [{ database: 'oracle' }, 'needs_review', 'unknown'],
  ])('budget of %j: %s', (given, result, evidence) => {
    const check = resultOf('budget', given);

    expect(check?.result).toBe(result);
    expect(check?.evidence).toContain(evidence);
  });

  it.each([
    ['passed', aRequest().runtimes],
    ['needs_review', []],
    ['failed', [{ id: 'git', available: false, detail: 'git is missing' }]],
  ])('resources: %s', (result, runtimes) => {
    expect(resultOf('resources', {}, runtimes)?.result).toBe(result);
  });

  it.each([
    ['staging', 'passed'],
    ['production', 'needs_review'],
  ])('security in %s: %s', (environment, result) => {
    expect(resultOf('security', { environment })?.result).toBe(result);
  });
});
