/** Sends a signal to a process group. Answers false when there is no such group any more. */
export function signalGroup(
  groupId: number,
  signal: NodeJS.Signals | 0,
): boolean {
  try {
    process.kill(-groupId, signal);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPERM') {
      return true;
    }
    return false;
  }
}
