import { createDevApp } from '@backstage/frontend-dev-utils';
import { devBackendModule, devPermissionModule } from './devBackendModule';
import { devStatesModule } from './devStatesModule';
import agenticPlugin from '../src';

// `yarn start` in this folder: every page with sample data, no backend needed.
// Open /agentic/workflows, /agentic/workflows/wf-1, /agentic/approvals or /agentic/new;
// /states shows every card and table in every state.
createDevApp({
  features: [
    agenticPlugin,
    devBackendModule,
    devPermissionModule,
    devStatesModule,
  ],
});
