import { z } from 'zod';
import { createAgent } from '../agents';
import { createReadOnlyTool } from '../tools';
import { agentContract } from './agentContract';
import { readOnlyToolContract } from './readOnlyToolContract';
import { toolContext } from './toolContext';

const Input = z.object({ word: z.string().min(1) }).strict();

// An agent with everything: it looks, proposes, applies, keeps, and tells.
agentContract({
  agent: createAgent({
    id: 'announcer',
    title: 'Announcer',
    description: 'Announces a word where it was not announced.',
    version: '1.0.0',
    lane: 'execute',
    permissions: ['artifacts.write'],
    artifacts: 'required',
    secrets: ['portal/announcements/*'],
    input: Input,
    output: z.object({ where: z.string(), artifactId: z.string() }),
    emits: [],
    tools: ['board.read', 'board.post'],
    async plan({ input, tools }) {
      const { posted } = await tools.read('board.read', { word: input.word });
      return posted
        ? []
        : [{ key: 'post', tool: 'board.post', params: { word: input.word } }];
    },
    async execute({ input, effects, artifacts }) {
      const { result } = await effects.apply('post');
      const { artifactId } = await artifacts.save({
        name: 'announcement',
        files: [{ path: 'announcement.md', content: `# ${input.word}\n` }],
      });
      return { where: String(result.url), artifactId };
    },
  }),
  invalidInputs: { 'no word': {}, 'more than a word': { word: 'a', b: 1 } },
  tasks: {
    'a word that nobody has posted': () => ({
      input: { word: 'hello' },
      tools: { 'board.read': () => ({ posted: false }) },
      effects: { post: { tool: 'board.post', result: { url: '/1' } } },
    }),
  },
});

readOnlyToolContract({
  name: 'board.read',
  invalidParams: { 'no word': {} },
  async setUp() {
    const board = ['hello'];
    return {
      tool: createReadOnlyTool({
        id: 'board.read',
        title: 'Read the board',
        description: 'Says whether a word is on the board.',
        schema: Input,
        result: z.object({ posted: z.boolean() }),
        read: async ({ word }) => ({ posted: board.includes(word) }),
      }),
      params: { word: 'hello' },
      context: toolContext(),
      observe: async () => [...board],
      tearDown: async () => {},
    };
  },
});
