import type { PolicyRule } from '../../rules/PolicyRule';
import {
  lint,
  at,
  each,
  run,
  once,
  UPDATES,
  INSTALLS,
  URL_SOURCE,
  ARCHIVE,
  ABSOLUTE,
} from './lint';
import { commandsOf } from './stages';

/** Rules about the instructions of a Dockerfile. */
export const INSTRUCTION_RULES: readonly PolicyRule[] = [
  lint(
    'maintainer',
    'low',
    'MAINTAINER is not used any more',
    'Use LABEL org.opencontainers.image.authors',
    each('MAINTAINER', () => true),
    ['maintainerexists', 'maintainer'],
  ),
  lint(
    'apt',
    'low',
    'Scripts use apt-get',
    'Use apt-get: apt is for people at a terminal',
    run(
      /(?:^|\s)apt\s+(?:-\S+\s+)*(?:install|update|upgrade|remove|purge|full-upgrade|autoremove)\b/,
    ),
    ['runusingapt'],
  ),
  lint(
    'update-alone',
    'medium',
    'The list of packages is fetched where packages are installed',
    'Put update and install into one RUN, or the cache keeps an old list',
    each('RUN', ({ text }) => UPDATES.test(text) && !INSTALLS.test(text)),
    ['updatenotalone', 'checks-docker-update-instruction-alone'],
  ),
  lint(
    'workdir-absolute',
    'low',
    'WORKDIR is absolute',
    'Begin the path with /',
    each('WORKDIR', ({ text }) => !ABSOLUTE.test(text.trim())),
    ['workdirisabsolute', 'checks-docker-workdir-path-not-absolute'],
  ),
  lint(
    'stage-alias-unique',
    'medium',
    'No two stages have one name',
    'Give each stage a name of its own',
    stages =>
      stages
        .filter(
          ({ alias }, index) =>
            alias !== '' &&
            stages
              .slice(0, index)
              .some(other => other.alias.toLowerCase() === alias.toLowerCase()),
        )
        .map(at),
    ['aliasisunique', 'checks-docker-same-alias-in-different-froms'],
  ),
  lint(
    'one-entrypoint',
    'medium',
    'A stage has one ENTRYPOINT',
    'Remove all but the last: only that one counts',
    once('ENTRYPOINT'),
    ['checks-docker-multiple-entrypoint-instructions-listed'],
  ),
  lint(
    'one-cmd',
    'medium',
    'A stage has one CMD',
    'Remove all but the last: only that one counts',
    once('CMD'),
    ['checks-docker-multiple-cmd-instructions-listed'],
  ),
  lint(
    'one-healthcheck',
    'medium',
    'A stage has one HEALTHCHECK',
    'Remove all but the last: only that one counts',
    once('HEALTHCHECK'),
    ['checks-docker-multiple-healthcheck-defined'],
  ),
  lint(
    'copy-from-itself',
    'medium',
    'No stage copies from itself',
    'Name an earlier stage in --from',
    each(
      'COPY',
      ({ flags }, { alias }) =>
        alias !== '' && flags.from?.toLowerCase() === alias.toLowerCase(),
    ),
    ['checks-docker-copy-from-references-current-from-alias'],
  ),
  lint(
    'copy-many-to-folder',
    'medium',
    'Several sources are copied into a folder',
    'End the target with /',
    each(
      'COPY',
      ({ args, text }) =>
        !text.trim().startsWith('[') &&
        args.filter(arg => !arg.startsWith('<<')).length > 2 &&
        !/[/\\]["']?$/.test(args.at(-1) ?? '') &&
        !/<</.test(text) &&
        args.at(-1) !== '.',
    ),
    ['checks-docker-copy-with-more-than-two-arguments-not-ending-w'],
  ),
  lint(
    'wget-and-curl',
    'low',
    'Images use one tool to download',
    'Use either curl or wget',
    stages =>
      stages.flatMap(({ instructions }) => {
        const runs = instructions.filter(({ keyword }) => keyword === 'RUN');
        const uses = (tool: string) =>
          runs.filter(one =>
            commandsOf(one).some(command =>
              new RegExp(`^(?:sudo\\s+)?${tool}\\s`).test(command),
            ),
          );
        const [curl] = uses('curl');
        const [wget] = uses('wget');
        return curl && wget ? [at(wget)] : [];
      }),
    ['checks-docker-run-using-wget-and-curl'],
  ),
  lint(
    'add-instead-of-copy',
    'low',
    'Files are copied by COPY',
    'Use COPY: ADD unpacks archives and fetches URLs',
    each(
      'ADD',
      ({ args }) =>
        !args
          .slice(0, -1)
          .some(source => ARCHIVE.test(source) || URL_SOURCE.test(source)),
    ),
    ['addexists', 'checks-docker-add-instead-of-copy'],
  ),
  lint(
    'healthcheck',
    'low',
    'Images say how their health is checked',
    'Add HEALTHCHECK',
    stages => {
      const last = stages.at(-1);
      return last &&
        !stages.some(({ instructions }) =>
          instructions.some(({ keyword }) => keyword === 'HEALTHCHECK'),
        )
        ? [at(last)]
        : [];
    },
    ['healthcheckexists', 'checks-docker-no-healthcheck'],
  ),
];
