/** Says how long the work took, in seconds, and whether it came to its end; answers or throws what the work does. */
export async function timed<T>(
  work: () => Promise<T>,
  tell: (seconds: number, error?: unknown) => void,
): Promise<T> {
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  try {
    const answer = await work();
    tell(seconds());
    return answer;
  } catch (error) {
    tell(seconds(), error ?? new Error('failed without a reason'));
    throw error;
  }
}
