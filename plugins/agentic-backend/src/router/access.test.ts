import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type { Request } from 'express';
import createKnex from 'knex';
import { readAgenticConfig } from '../config';
import { WorkflowResources } from '../permissions/WorkflowResources';
import { Access } from './access';

describe('Access', () => {
  const request = {} as Request;

  function accessOf(actor?: string): Access {
    const credentials = mockCredentials.user('user:default/ben');
    const principal = actor
      ? {
          ...credentials.principal,
          actor: { type: 'service' as const, subject: actor },
        }
      : credentials.principal;
    return new Access({
      httpAuth: {
        // The mock cannot make a principal with an actor; what the service answers is what matters here.
        credentials: jest.fn().mockResolvedValue({ ...credentials, principal }),
        issueUserCookie: jest.fn(),
      },
      userInfo: mockServices.userInfo(),
      permissions: mockServices.permissions.mock(),
      registry: mockServices.permissionsRegistry.mock({
        getPermissionRuleset: () => ({ getRuleByName: jest.fn() }),
      }),
      resources: new WorkflowResources(
        createKnex({ client: 'better-sqlite3', useNullAsDefault: true }),
        readAgenticConfig(new ConfigReader({})).approvals,
      ),
      machines: [],
      memberships: { of: async () => undefined },
    });
  }

  it('takes a decision from a person', async () => {
    const { person } = await accessOf().personThemselves(request);
    expect(person.userEntityRef).toBe('user:default/ben');
  });

  it.each(['plugin:scaffolder', 'plugin:mcp-actions', 'external:bot'])(
    'refuses a decision that %s takes on behalf of a person',
    async actor => {
      await expect(
        accessOf(actor).personThemselves(request),
      ).rejects.toMatchObject({
        name: 'NotAllowedError',
        message: expect.stringContaining(`'${actor}' asks on behalf of`),
      });
    },
  );

  it('lets a plugin start work on behalf of a person', async () => {
    const { person } = await accessOf('plugin:scaffolder').person(request);
    expect(person.userEntityRef).toBe('user:default/ben');
  });
});
