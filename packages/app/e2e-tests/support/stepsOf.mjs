/**
 * Subtests that build on each other: each is reported with its own time, and the
 * first that fails ends the whole, after `onFailure` has looked at the scene.
 */
export function stepsOf(t, onFailure) {
  return async (name, work) => {
    let failure;
    await t.test(name, async () => {
      try {
        await work();
      } catch (error) {
        failure = error;
        await onFailure?.();
        throw error;
      }
    });
    if (failure) {
      throw new Error(`The steps after "${name}" were not tried`);
    }
  };
}
