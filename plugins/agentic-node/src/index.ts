/**
 * Everything the author of an agent, tool, planner or policy evaluator for the Agentic Framework needs.
 *
 * @packageDocumentation
 */
export * from './agents';
export * from './artifacts';
export * from './critic';
export * from './dependencies';
export * from './dynamicSecrets';
export * from './extensions';
export * from './permissions';
export * from './planning';
export * from './policies';
export * from './records';
export * from './secretReferences';
export * from './secrets';
export * from './sweeper';
export * from './tools';
export * from './usage';
