import { recordingHost } from '@agentic-backstage/plugin-agentic-node/testUtils';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import agenticModuleStarterId from './index';

function startWith(agentic: { starterId?: { folder?: string } }) {
  const { plugin, tools } = recordingHost();
  const backend = startTestBackend({
    features: [
      plugin,
      agenticModuleStarterId,
      mockServices.rootConfig.factory({ data: { agentic } }),
    ],
  });
  return { backend, tools };
}

describe('agenticModuleStarterId', () => {
  it.each([
    ['registers the tool', { starterId: { folder: 'notes' } }, ['starter.id']],
    ['registers nothing without configuration', {}, []],
  ])('%s', async (_, agentic, expected) => {
    const { backend, tools } = startWith(agentic);
    await (await backend).stop();
    expect(tools.map(({ id }) => id)).toEqual(expected);
  });

  it('refuses configuration without a folder', async () => {
    await expect(startWith({ starterId: {} }).backend).rejects.toThrow(
      /agentic\.starterId\.folder/,
    );
  });
});
