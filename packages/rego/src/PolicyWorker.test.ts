import { PolicyWorker } from './PolicyWorker';

const TEXT = `package p

double := input.x * 2

endless := count([1 | some a in r; some b in r; some c in r; a + b == c])

r := numbers.range(1, 5000)

greedy := [numbers.range(n, n + 900000) | some n in r]
`;

describe('PolicyWorker', () => {
  let worker: PolicyWorker;
  beforeAll(() => {
    const files = [{ file: 'p.rego', text: TEXT }];
    worker = new PolicyWorker(files, { milliseconds: 20_000, megabytes: 64 });
  });
  afterAll(() => worker.close());

  it('answers one question after the other', async () => {
    const inputs = [1, 2, 3];
    await expect(
      Promise.all(
        inputs.map(x => worker.evaluate('data.p.double', { input: { x } })),
      ),
    ).resolves.toEqual([2, 4, 6]);
  });

  it('ends what takes too much memory, and answers again', async () => {
    await expect(worker.evaluate('data.p.greedy')).rejects.toMatchObject({
      code: 'eval_cancel_error',
      reason: expect.stringContaining('64 MB'),
    });
    await expect(
      worker.evaluate('data.p.double', { input: { x: 4 } }),
    ).resolves.toBe(8);
  });

  it('ends what takes too long', async () => {
    const files = [{ file: 'p.rego', text: TEXT }];
    const short = new PolicyWorker(files, { milliseconds: 500 });
    await expect(
      short.evaluate('data.p.endless', { maxSteps: Infinity }),
    ).rejects.toMatchObject({
      code: 'eval_cancel_error',
      reason: expect.stringContaining('500 ms'),
    });
  });

  it('says what is wrong with a policy, and where', async () => {
    const wrong = new PolicyWorker([
      { file: 'w.rego', text: 'package w\nq := nothing(1)' },
    ]);
    await expect(wrong.evaluate('data.w.q')).rejects.toMatchObject({
      code: 'rego_type_error',
      at: { file: 'w.rego', row: 2, column: 6 },
    });
    await wrong.close();
  });
});
