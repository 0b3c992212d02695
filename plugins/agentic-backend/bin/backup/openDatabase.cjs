'use strict';

/**
 * A database of the plugin, for reading: `tables()`, `query(sql)`, `name(table)`, `copyTo(file,
 * describe)`, `close()`. With `from`, it is filled from that copy first.
 */
async function openDatabase(options) {
  return options.sqlite
    ? require('./sqlite.cjs').open(options)
    : require('./postgresql.cjs').open(options);
}

/** Throws when there is anything that a restored database would be mixed with. */
async function requireEmpty(options) {
  await (options.sqlite
    ? require('./sqlite.cjs').requireEmpty(options)
    : require('./postgresql.cjs').requireEmpty(options));
}

module.exports = { openDatabase, requireEmpty };
