import { backoffSeconds } from './backoff';

const policy = {
  maxAttempts: 5,
  initialBackoffSeconds: 1,
  maxBackoffSeconds: 10,
  timeoutSeconds: 60,
};

describe('backoffSeconds', () => {
  it.each([
    [1, 0, 0.5],
    [1, 1, 1],
    [2, 1, 2],
    [3, 0, 2],
    [4, 1, 8],
    [9, 1, 10],
  ])(
    'after failure %d with chance %d waits %d s',
    (failures, random, seconds) => {
      expect(backoffSeconds(policy, failures, random)).toBe(seconds);
    },
  );
});
