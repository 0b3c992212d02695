import { appendEntry, emptyRecord } from '../appendEntry';
import type { ChangeRecord } from '../ChangeRecord';

const STEPS = [
  ['request.received', 'user:default/ada', 'workflow:wf-1', { name: 'ära' }],
  ['plan.sealed', 'agent:planner', 'plan:p-1', { tasks: ['t1', 't2'] }],
  ['approval.signed', 'user:default/ben', 'approval:a-1', { reason: '"yes"' }],
  ['effect.begun', 'agent:deployment', 'effect:e-1', { port: 8080.5 }],
  ['effect.confirmed', 'agent:deployment', 'effect:e-1', { nested: [null] }],
] as const;

/** A short record of a change, the same at every call. */
export function sampleRecord(): ChangeRecord {
  return STEPS.reduce(
    (record, [kind, actor, subject, payload], index) =>
      appendEntry(record, {
        kind,
        actor,
        subject,
        payload,
        at: `2026-11-21T10:00:0${index}.000Z`,
        salt: `${index}`.repeat(32),
      }),
    emptyRecord('wf-1'),
  );
}
