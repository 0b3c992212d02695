import type { WorkflowEvent } from '@agentic-backstage/plugin-agentic-common';
import { FakeAgenticApi } from '../src/__fixtures__/FakeAgenticApi';
import {
  aDeployment,
  aWorkflow,
  anApproval,
  anEffect,
  anEvent,
  sampleEvents,
  sampleTasks,
} from '../src/__fixtures__/sampleDomain';
import type { ApprovalAnswer } from '../src';

const STEP_MS = 2_500;

const BEFORE = `export const port = 3000;

export function greet(name: string) {
  return 'Hello ' + name;
}
`;
const AFTER = `export const port = 4010;

export function greet(name: string): string {
  return \`Hello \${name}\`;
}

export function part(name: string): string {
  return \`Goodbye \${name}\`;
}
`;

/** The fake backend of the tests, with several workflows; an approved one runs to its end before your eyes. */
export class LivelyAgenticApi extends FakeAgenticApi {
  #seq = sampleEvents().length;

  constructor() {
    super({
      workflows: [
        aWorkflow(),
        aWorkflow({
          workflowId: 'wf-2',
          serviceName: 'billing-api',
          phase: 'failed',
          environment: 'production',
          error: 'Task t5 failed: the service did not answer /health in 60 s',
          tasks: sampleTasks().map(task =>
            task.taskId < 't5'
              ? { ...task, status: 'completed' }
              : {
                  ...task,
                  ...(task.taskId === 't5' && {
                    status: 'failed' as const,
                    attempt: 3,
                    error: 'The service did not answer /health in 60 s',
                  }),
                },
          ),
          approvals: [],
          controls: { pause: false, resume: false, cancel: false, retry: true },
        }),
        aWorkflow({
          workflowId: 'wf-3',
          serviceName: 'customer-profile-service',
          phase: 'completed',
          duration: '4m12s',
          tasksCompleted: 6,
          tasks: sampleTasks().map(task => ({
            ...task,
            status: task.taskId === 't6' ? 'unknown' : 'completed',
            duration: '7s',
          })),
          approvals: [anApproval({ status: 'approved' })],
          effects: [
            anEffect({
              status: 'unknown',
              readBack: {
                state: 'unknown',
                evidence: 'The repository host did not answer',
                observedAt: new Date().toISOString(),
              },
            }),
          ],
          deployments: [aDeployment()],
          controls: {
            pause: false,
            resume: false,
            cancel: false,
            retry: false,
          },
        }),
      ],
      events: sampleEvents(),
      files: {
        'src/server.ts': { content: AFTER, previousContent: BEFORE },
      },
      deployments: [aDeployment()],
    });
  }

  override async decideApproval(
    approvalId: string,
    answer: ApprovalAnswer,
  ): Promise<void> {
    await super.decideApproval(approvalId, answer);
    if (answer.decision === 'reject') {
      this.changeWorkflow('wf-1', {
        phase: 'failed',
        approvals: [anApproval({ status: 'rejected' })],
      });
      this.#say({ type: 'approval', level: 'warn', message: 'Rejected' });
      return;
    }
    this.changeWorkflow('wf-1', {
      phase: 'running',
      approvals: [anApproval({ status: 'approved' })],
    });
    this.#say({ type: 'approval', message: 'Approved' });
    this.#finish('t4', ['t4', 't5', 't6']);
  }

  #finish(current: string, order: readonly string[]): void {
    const done = order.indexOf(current);
    this.changeWorkflow('wf-1', {
      phase: 'running',
      tasks: sampleTasks().map(task => {
        const place = order.indexOf(task.taskId);
        if (place < 0 || place < done) {
          return { ...task, status: 'completed' };
        }
        return { ...task, status: place === done ? 'running' : 'pending' };
      }),
    });
    this.#say({ type: 'task', taskId: current, message: `${current} started` });
    setTimeout(() => {
      const next = order[done + 1];
      if (next) {
        this.#finish(next, order);
        return;
      }
      this.changeWorkflow('wf-1', {
        phase: 'completed',
        duration: '1m40s',
        tasksCompleted: 6,
        tasks: sampleTasks().map(task => ({ ...task, status: 'completed' })),
        effects: [anEffect({ status: 'confirmed' })],
        deployments: [aDeployment()],
      });
      this.#say({ message: 'Workflow completed' });
    }, STEP_MS);
  }

  #say(change: Partial<WorkflowEvent>): void {
    this.#seq += 1;
    this.emit(
      anEvent({ seq: this.#seq, time: new Date().toISOString(), ...change }),
    );
  }
}
