import { ConfigReader } from '@backstage/config';
import { readApproverGroups } from './readApproverGroups';

describe('readApproverGroups', () => {
  it.each([
    [{}, { strategic: [], final: [] }],
    [
      {
        strategic: ['architects'],
        final: ['group:default/Platform-Leads', 'user:default/eve'],
      },
      {
        strategic: ['group:default/architects'],
        final: ['group:default/platform-leads', 'user:default/eve'],
      },
    ],
  ])('reads %j as full refs', (roles, expected) => {
    const config = new ConfigReader({ agentic: { approvals: { roles } } });
    expect(readApproverGroups(config)).toEqual(expected);
  });
});
