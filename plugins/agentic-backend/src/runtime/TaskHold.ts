/**
 * A task may not go on now, but nothing is wrong with it: it is parked as it is, uses up no attempt,
 * and goes on when its workflow is woken and the reason is gone.
 */
export class TaskHold extends Error {
  constructor(
    reason: string,
    /** The id of the gate that holds it. */
    readonly gate: string,
    /** When it is worth another try although nobody wakes it. */
    readonly until?: Date,
  ) {
    super(reason);
    this.name = 'TaskHold';
  }
}
