'use strict';

const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { parse } = require('yaml');

/** The release whose cases are compared. */
const MODULE = 'github.com/open-policy-agent/opa@v1.22.2';

/** The folder of OPA's Go module; fetched through the Go proxy where it is not here yet. */
function moduleFolder() {
  const answer = execFileSync('go', ['mod', 'download', '-json', MODULE], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(answer).Dir;
}

function filesBelow(folder) {
  return fs
    .readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.yaml'))
    .map(entry => path.join(entry.parentPath, entry.name))
    .sort();
}

/** OPA's own conformance cases, each with the version of the language it is in. */
function readCases() {
  const folder = path.join(moduleFolder(), 'v1', 'test', 'cases', 'testdata');
  return ['v0', 'v1'].flatMap(version =>
    filesBelow(path.join(folder, version)).flatMap(file =>
      (parse(fs.readFileSync(file, 'utf8'))?.cases ?? []).map(each => ({
        ...each,
        version,
        group: path.basename(path.dirname(file)),
      })),
    ),
  );
}

module.exports = { MODULE, moduleFolder, readCases };
