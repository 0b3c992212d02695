import type {
  RunState,
  WorkflowEngine,
  WorkflowProgram,
  WorkflowRun,
} from '../runtime/WorkflowEngine';

/** An engine that calls back before and after every advance, so that a test can stop the process there. */
export class CountingEngine implements WorkflowEngine {
  constructor(
    private readonly engine: WorkflowEngine,
    private readonly atStep: (name: string) => void,
  ) {}

  launch(program: WorkflowProgram): Promise<void> {
    const { atStep } = this;
    return this.engine.launch({
      async advanceWorkflow(run) {
        atStep('before advancing the workflow');
        const answer = await program.advanceWorkflow(run);
        atStep(`after advancing the workflow (${answer.status})`);
        return answer;
      },
      async advanceTask(run) {
        atStep(`before advancing ${run.taskId}`);
        const answer = await program.advanceTask(run);
        atStep(`after advancing ${run.taskId} (${answer.status})`);
        return answer;
      },
    });
  }

  startRun(run: WorkflowRun): Promise<void> {
    return this.engine.startRun(run);
  }

  signal(run: WorkflowRun): Promise<void> {
    return this.engine.signal(run);
  }

  stateOf(run: WorkflowRun): Promise<RunState> {
    return this.engine.stateOf(run);
  }

  listRunning(): Promise<WorkflowRun[]> {
    return this.engine.listRunning();
  }

  endRun(run: WorkflowRun): Promise<void> {
    return this.engine.endRun(run);
  }

  countEndedBefore(time: Date): Promise<number> {
    return this.engine.countEndedBefore(time);
  }

  deleteEndedBefore(time: Date): Promise<number> {
    return this.engine.deleteEndedBefore(time);
  }

  checkHealth(): Promise<void> {
    return this.engine.checkHealth();
  }

  shutdown(): Promise<void> {
    return this.engine.shutdown();
  }
}
