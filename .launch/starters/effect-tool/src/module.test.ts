import { recordingHost } from '@agentic-backstage/plugin-agentic-node/testUtils';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import agenticModuleStarterId from './index';

describe('agenticModuleStarterId', () => {
  it.each([
    ['registers the tool', { starterId: { folder: 'notes' } }, ['starter.id']],
    ['registers nothing without configuration', {}, []],
    [
      'refuses configuration without a folder',
      { starterId: {} },
      /agentic\.starterId\.folder/,
    ],
  ])('%s', async (_, agentic, expected) => {
    const { plugin, tools } = recordingHost();
    const starting = startTestBackend({
      features: [
        plugin,
        agenticModuleStarterId,
        mockServices.rootConfig.factory({ data: { agentic } }),
      ],
    });
    if (expected instanceof RegExp) {
      await expect(starting).rejects.toThrow(expected);
      return;
    }
    const backend = await starting;
    await backend.stop();
    expect(tools.map(({ id }) => id)).toEqual(expected);
  });
});
