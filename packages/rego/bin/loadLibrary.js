'use strict';

const fs = require('node:fs');
const path = require('node:path');

/** The library: its sources in the repository, what was built of them in the published package. */
module.exports = function loadLibrary() {
  const source = path.join(__dirname, '..', 'src');
  if (!fs.existsSync(source)) {
    return require('..');
  }
  require('@backstage/cli-node/config/nodeTransform.cjs');
  return require(source);
};
