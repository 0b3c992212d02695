import { readPage } from '../documents.mjs';

/**
 * What a page tells its reader to do: its blocks marked `step`, in their order.
 * Further marks say for which kind of app a step is, or when it is to be done;
 * without one it is for everybody, at once.
 */
export function readSteps(file) {
  return readPage(file)
    .blocks.filter(({ marks }) => marks.includes('step'))
    .map(({ language, marks, code }) => ({
      language,
      code,
      only: marks.filter(mark => mark !== 'step'),
    }));
}
