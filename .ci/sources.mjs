import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
// Makes TypeScript sources loadable.
require('@backstage/cli/config/nodeTransform.cjs');

/** What the sources declare: events, permissions, kinds of the change record. */
export const common = require('../plugins/agentic-common/src');
/** What authors get: agents, tools, rules of permissions, extension points. */
export const node = require('../plugins/agentic-node/src');
/** The built-in agents as they declare themselves. */
export const {
  builtInAgents,
} = require('../plugins/agentic-backend/src/agents');
export const {
  openApiDocument,
} = require('../plugins/agentic-backend/src/router/openApi/openApiDocument');
export const {
  severityOf,
} = require('../plugins/agentic-backend/src/changeRecord/severityOf');
/** The readers of configuration whose results are shaped like the keys, by the key they read. */
export const readers = {
  'agentic.approvals':
    require('../plugins/agentic-backend/src/runtime/approval/readApprovalPolicy')
      .readApprovalPolicy,
  'agentic.critic':
    require('../plugins/agentic-backend/src/runtime/critic/readCriticSettings')
      .readCriticSettings,
  'agentic.limits':
    require('../plugins/agentic-backend/src/limits/limitsConfig')
      .readLimitsConfig,
  'agentic.retention':
    require('../plugins/agentic-backend/src/sweeper/retention/retentionConfig')
      .readRetentionConfig,
  'agentic.sweeper':
    require('../plugins/agentic-backend/src/sweeper/sweeperConfig')
      .readSweeperConfig,
};
export const { ConfigReader } = require('@backstage/config');
export const { scripts } = require('../package.json');
export const prettier = require('prettier');
export const typescript = require('typescript');
export const yaml = require('yaml');
export const { z } = require('zod');
