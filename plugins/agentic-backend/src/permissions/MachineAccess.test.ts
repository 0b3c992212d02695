import { ConfigReader } from '@backstage/config';
import { readMachineAccess } from './MachineAccess';

const read = (machineAccess: object[]) =>
  readMachineAccess(new ConfigReader({ agentic: { machineAccess } }));

describe('readMachineAccess', () => {
  it('grants nothing by default', () => {
    expect(readMachineAccess(new ConfigReader({}))).toEqual([]);
    expect(read([{ subject: 'external:ci' }])).toEqual([
      {
        subject: 'external:ci',
        permissions: [],
        environments: [],
        actForUsers: [],
      },
    ]);
  });

  it.each([
    [
      'deciding approvals',
      [
        {
          subject: 'external:ci',
          permissions: ['agentic.approval.decide'],
          environments: ['staging'],
        },
      ],
      'only people decide',
    ],
    [
      'a permission nobody knows',
      [
        {
          subject: 'external:ci',
          permissions: ['agentic.workflow.raed'],
          environments: ['staging'],
        },
      ],
      "'agentic.workflow.raed'",
    ],
    [
      'permissions without environments',
      [{ subject: 'external:ci', permissions: ['agentic.workflow.read'] }],
      'agentic.machineAccess[0].environments',
    ],
    [
      'a subject twice',
      [{ subject: 'external:ci' }, { subject: 'external:ci' }],
      "'external:ci' twice",
    ],
    ['no subject', [{}], 'subject'],
  ])('refuses %s', (_name, entries, message) => {
    expect(() => read(entries)).toThrow(message);
  });
});
