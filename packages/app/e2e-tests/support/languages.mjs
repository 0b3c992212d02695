import { execFileSync } from 'node:child_process';

function prints(program, args, pattern) {
  try {
    return pattern.test(execFileSync(program, args, { encoding: 'utf8' }));
  } catch {
    return false;
  }
}

const python =
  'import ensurepip, sys, venv; print(sys.version_info >= (3, 11))';

const languages = [
  { id: 'nodejs', title: 'Node.js', isThere: () => true },
  {
    id: 'python',
    title: 'Python',
    needs: 'Python 3.11 or later with venv',
    isThere: () => prints('python3', ['-c', python], /True/),
  },
  {
    id: 'go',
    title: 'Go',
    needs: 'Go 1.26 or later',
    isThere: () =>
      prints('go', ['version'], /go1\.(?:2[6-9]|[3-9]\d)|go[2-9]\./),
  },
];

/**
 * The languages of services, as the forms call them; AGENTIC_TEST_LANGUAGE
 * names a single one. `skip` says why a language cannot be tried on this
 * machine; under CI, it has to be.
 */
export const LANGUAGES = languages
  .filter(({ id }) => id === (process.env.AGENTIC_TEST_LANGUAGE ?? id))
  .map(({ id, title, needs, isThere }) => ({
    id,
    title,
    skip: !process.env.CI && !isThere() && `this machine has no ${needs}`,
  }));
