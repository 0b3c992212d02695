import { createAgent } from '@agentic-backstage/plugin-agentic-node';
import { z } from 'zod';

const SECTIONS = ['Run', 'Test', 'Configuration'];

/** Reads the README of what a workflow generated and names the sections it lacks. */
export const docsReviewAgent = createAgent({
  id: 'docs-review',
  title: 'Documentation review',
  description: 'Names the sections that a generated README lacks.',
  version: '1.0.0',
  input: z.object({ sections: z.array(z.string()).default(SECTIONS) }),
  output: z.object({ missing: z.array(z.string()) }),
  emits: [],
  tools: [],
  async execute({ input, artifacts, log }) {
    const sets = (await artifacts.list()).map(a =>
      artifacts.files(a.artifactId),
    );
    const files = (await Promise.all(sets)).flat();
    const readme =
      files.find(({ path }) => path === 'README.md')?.content ?? '';
    const headings = [...readme.matchAll(/^#+ (.+)$/gm)].map(match => match[1]);
    const missing = input.sections.filter(title => !headings.includes(title));
    log.info(missing.length ? `Missing: ${missing.join(', ')}` : 'Complete');
    return { missing };
  },
});
