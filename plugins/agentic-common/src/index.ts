/**
 * API types, events, permissions and annotations of the Agentic Framework. Runs anywhere.
 *
 * @packageDocumentation
 */
export * from './annotations';
export * from './approvalInbox';
export * from './approvals';
export * from './approvalStatistics';
export * from './artifacts';
export * from './cleanText';
export * from './changeRecord';
export * from './critic';
export * from './dependencies';
export * from './durations';
export * from './effects';
export * from './environments';
export * from './events';
export * from './health';
export * from './incidents';
export * from './killSwitch';
export * from './lanes';
export * from './limits';
export * from './operations';
export * from './permissions';
export * from './plan';
export * from './planDifference';
export * from './planVersions';
export * from './retryScope';
export * from './search';
export * from './secrets';
export * from './states';
export * from './sweeper';
export * from './templates';
export * from './workflows';
