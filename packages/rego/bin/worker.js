'use strict';

// The thread of PolicyWorker: compiles the policies once, and answers one question after the other.
const { parentPort, workerData } = require('node:worker_threads');
const loadLibrary = require('./loadLibrary');

const { Policies, RegoError } = loadLibrary();

function outcome(work) {
  try {
    return { value: work() };
  } catch (error) {
    if (!(error instanceof RegoError)) throw error;
    const { code, reason, at } = error;
    return { error: { code, reason, at } };
  }
}

const { files, version } = workerData;
const compiled = outcome(() => new Policies(files, { version }));
const prepared = new Map();

function answer({ term, options }) {
  if (compiled.error) return compiled;
  return outcome(() => {
    let value = prepared.get(term);
    if (!value) {
      value = compiled.value.prepareValue(term);
      prepared.set(term, value);
    }
    return value.evaluate(options);
  });
}

parentPort.postMessage('ready');
parentPort.on('message', question => parentPort.postMessage(answer(question)));
