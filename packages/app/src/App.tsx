import { createApp } from '@backstage/frontend-defaults';
import { navModule } from './modules/nav/navModule';
import { signInModule } from './modules/signIn/signInModule';

/** The portal. Plugins come from the dependencies of this package (`app.packages: all`). */
export default createApp({ features: [navModule, signInModule] });
