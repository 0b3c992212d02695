module.exports = require('../../.eslint/forPackage')(__dirname, 'node');
