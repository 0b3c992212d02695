import { mockServices } from '@backstage/backend-test-utils';
import { retryPauseMs, retryUntilAnswered } from './retryUntilAnswered';

describe('retryPauseMs', () => {
  it.each([
    [1, 0, 50],
    [1, 0.5, 100],
    [2, 0.5, 200],
    [5, 0.5, 1600],
    [40, 0.5, 30_000],
    [4000, 1, 45_000],
  ])('before retry %i with chance %d is %i ms', (attempt, random, expected) => {
    expect(retryPauseMs(attempt, random)).toBe(expected);
  });
});

describe('retryUntilAnswered', () => {
  it('tries again until it gets an answer, and logs how often it failed', async () => {
    const logger = mockServices.logger.mock();
    let calls = 0;
    const answer = await retryUntilAnswered({
      name: 'Asking',
      logger,
      stop: new AbortController().signal,
      attempt: async () => {
        calls++;
        if (calls < 3) {
          throw new Error('no');
        }
        return 'yes';
      },
    });
    expect(answer).toBe('yes');
    expect(logger.warn).toHaveBeenCalledTimes(2);
    expect(logger.warn).toHaveBeenLastCalledWith(
      expect.stringContaining('Asking failed 2 time(s)'),
    );
  });

  it('gives up in the middle of a pause when it is stopped', async () => {
    const stop = new AbortController();
    const attempt = async () => {
      setTimeout(() => stop.abort(new Error('stopped')), 10);
      throw new Error('no');
    };
    await expect(
      retryUntilAnswered({
        name: 'Asking',
        logger: mockServices.logger.mock(),
        stop: stop.signal,
        attempt,
      }),
    ).rejects.toThrow('stopped');
  });
});
