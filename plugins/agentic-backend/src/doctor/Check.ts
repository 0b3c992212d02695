import type { Config } from '@backstage/config';
import type { Finding } from './Finding';

/** What the doctor is given to look at. */
export interface Patient {
  readonly config: Config;
  readonly env: NodeJS.ProcessEnv;
  /** The folder the portal is started in: relative paths of the configuration begin here. */
  readonly root: string;
  /** Where the portal answers, when it is not where the configuration says. */
  readonly url?: string;
  /** To ask the portal what only it knows. Never printed. */
  readonly token?: string;
}

/** Looks at one part. Changes nothing. What it throws becomes a finding of its own. */
export interface Check {
  /** The area that its findings begin with. */
  readonly id: string;
  readonly title: string;
  look(patient: Patient): Promise<readonly Finding[]>;
}
