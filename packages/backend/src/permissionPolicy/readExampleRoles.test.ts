import { ConfigReader } from '@backstage/config';
import { readExampleRoles } from './readExampleRoles';

describe('readExampleRoles', () => {
  it.each([
    [{}, { approver: [], operator: [], auditor: [] }],
    [
      {
        approvals: {
          roles: {
            strategic: ['architects'],
            final: ['group:default/Platform-Leads', 'user:default/eve'],
          },
        },
        exampleRoles: { operator: ['operators'], auditor: ['auditors'] },
      },
      {
        approver: [
          'group:default/architects',
          'group:default/platform-leads',
          'user:default/eve',
        ],
        operator: ['group:default/operators'],
        auditor: ['group:default/auditors'],
      },
    ],
  ])('reads %j as full refs', (agentic, expected) => {
    const config = new ConfigReader({ agentic });
    expect(readExampleRoles(config)).toEqual(expected);
  });
});
