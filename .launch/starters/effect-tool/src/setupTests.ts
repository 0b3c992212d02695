// What a test waits for is bounded where it waits; a busy machine is no reason to fail.
jest.setTimeout(120_000);
