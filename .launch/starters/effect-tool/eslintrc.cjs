module.exports = require('../../.eslint/forPackage')(__dirname, 'module');
