import { agents } from './agents';
import { approvals } from './approvals';
import { audit } from './audit';
import { common } from './common';
import { files } from './files';
import { gate } from './gate';
import { history } from './history';
import { home } from './home';
import { inbox } from './inbox';
import { incidents } from './incidents';
import { newRequest } from './newRequest';
import { operations } from './operations';
import { plan } from './plan';
import { secrets } from './secrets';
import { service } from './service';
import { words } from './words';
import { workflow } from './workflow';
import { workflows } from './workflows';

/** Every text that a person sees, in German. */
export default {
  ...agents,
  ...approvals,
  ...audit,
  ...common,
  ...files,
  ...gate,
  ...history,
  ...home,
  ...inbox,
  ...incidents,
  ...newRequest,
  ...operations,
  ...plan,
  ...secrets,
  ...service,
  ...words,
  ...workflow,
  ...workflows,
} as const;
