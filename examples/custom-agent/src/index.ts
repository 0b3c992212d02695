/**
 * An agent of your own in twenty lines.
 *
 * @packageDocumentation
 */
export { agenticModuleDocsReview as default } from './module';
export { docsReviewAgent } from './docsReviewAgent';
