/**
 * Test helpers for authors of agents and tools.
 *
 * @packageDocumentation
 */
export {};
