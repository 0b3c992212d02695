import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

// As if they had been there for a while: package managers may refuse what is very new.
const PUBLISHED = '2026-01-01T00:00:00.000Z';

function readPackage(tarball) {
  const manifest = JSON.parse(
    execFileSync('tar', ['-xzOf', tarball, 'package/package.json'], {
      encoding: 'utf8',
    }),
  );
  const content = fs.readFileSync(tarball);
  const digest = (algorithm, encoding) =>
    createHash(algorithm).update(content).digest(encoding);
  const { name, version } = manifest;
  return {
    manifest,
    content,
    shasum: digest('sha1', 'hex'),
    integrity: `sha512-${digest('sha512', 'base64')}`,
    // With the content in the address, nobody takes another one of this version from a cache.
    path: `/${digest('sha1', 'hex')}/${path.posix.basename(
      name,
    )}-${version}.tgz`,
  };
}

function describe(url, { manifest, shasum, integrity, path: place }) {
  const { name, version } = manifest;
  return {
    name,
    'dist-tags': { latest: version },
    time: { created: PUBLISHED, modified: PUBLISHED, [version]: PUBLISHED },
    versions: {
      [version]: {
        ...manifest,
        dist: { tarball: `${url}${place}`, shasum, integrity },
      },
    },
  };
}

/** An npm registry on the loopback interface that holds these tarballs, and nothing else. */
export async function startRegistry(tarballs) {
  const packages = tarballs.map(readPackage);
  const server = http.createServer((request, response) => {
    const wanted = decodeURIComponent(request.url.split('?')[0]);
    const byName = packages.find(
      ({ manifest }) => wanted === `/${manifest.name}`,
    );
    const byPath = packages.find(each => wanted === each.path);
    if (byName) {
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify(describe(`http://${request.headers.host}`, byName)),
      );
    } else if (byPath) {
      response.setHeader('content-type', 'application/octet-stream');
      response.end(byPath.content);
    } else {
      response.statusCode = 404;
      response.end('{}');
    }
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0 }, resolve);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () =>
      new Promise(resolve => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
