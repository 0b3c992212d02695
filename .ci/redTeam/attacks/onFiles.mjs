const PLACES = [
  '../../../../../../etc/passwd',
  '..%2f..%2f..%2f..%2fetc%2fpasswd',
  '%2e%2e/%2e%2e/%2e%2e/etc/passwd',
  '..%252f..%252fetc%252fpasswd',
  '....//....//etc/passwd',
  '..\\..\\windows\\win.ini',
  '/etc/passwd',
  'file:///etc/passwd',
  'README.md/../../../../../../etc/passwd',
  'README.md%00.png',
  '.git/config',
  '~/.ssh/id_rsa',
  '/proc/self/environ',
  'C:\\boot.ini',
  '%c0%ae%c0%ae/etc/passwd',
  'readme.md',
  ' ',
  '.',
  'a'.repeat(401),
];

/** Files outside an artifact, and artifacts of others. */
export function onFiles({ ids, artifacts }) {
  const [own] = artifacts.staging;
  const foreign = artifacts.production.filter(
    ({ artifactId }) =>
      !artifacts.staging.some(other => other.artifactId === artifactId),
  );
  const file = (workflow, artifact, path) =>
    `/workflows/${workflow}/files/${artifact}?path=${path}`;
  return [
    ...PLACES.map(place => ({
      name: `the file ${place.slice(0, 50)}`,
      as: 'ada',
      path: file(ids.staging, own.artifactId, place.replaceAll(' ', '%20')),
      refused: [400, 404],
    })),
    ...foreign.map(({ artifactId, name }) => ({
      name: `the ${name} of another workflow`,
      as: 'ada',
      path: file(ids.staging, artifactId, 'README.md'),
      refused: 404,
    })),
    ...[
      '..%2f..%2fetc%2fpasswd',
      '%2e%2e',
      "'%20or%20'1'='1",
      '0'.repeat(64),
      'a'.repeat(5000),
      '__proto__',
    ].map(id => ({
      name: `the artifact ${id.slice(0, 40)}`,
      as: 'ada',
      path: file(ids.staging, id, 'README.md'),
      refused: [400, 404],
    })),
    ...[
      '',
      '?path=',
      '?path[]=README.md',
      '?path=README.md&path=package.json',
      '?path=README.md&raw=1',
    ].map(query => ({
      name: `a file asked for as ${query || 'nothing'}`,
      as: 'ada',
      path: `/workflows/${ids.staging}/files/${own.artifactId}${query}`,
      refused: 400,
    })),
    {
      name: 'a file without signing in',
      path: file(ids.staging, own.artifactId, 'README.md'),
      refused: 401,
    },
  ];
}
