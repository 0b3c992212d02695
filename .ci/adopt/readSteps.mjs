import { readPage } from '../documents.mjs';

/**
 * What a page tells its reader to do: its blocks marked `step`, in their order.
 * A mark besides says for which kind of app the step is; without one it is for
 * every kind.
 */
export function readSteps(file, kind) {
  return readPage(file)
    .blocks.filter(({ marks }) => marks.includes('step'))
    .map(({ language, marks, code }) => ({
      language,
      code,
      kinds: marks.filter(mark => mark !== 'step'),
    }))
    .filter(({ kinds }) => kinds.length === 0 || kinds.includes(kind));
}
