/** One service to render: what a plan has decided about it. */
export interface ServiceSpec {
  /** DNS label that starts with a letter, 3 to 40 characters, for example `user-service`. */
  readonly name: string;
  readonly description: string;
  /** Entity reference of the owner, for example `group:default/team-a`. */
  readonly owner: string;
  readonly language: string;
  readonly pattern: string;
  readonly database: string;
  readonly environment: string;
  readonly port: number;
  readonly repositoryUrl?: string;
  /** Asks for redundancy where it costs money, for example a standby database in a second zone. */
  readonly highAvailability?: boolean;
}

/** Where the rendered files come from and who has agreed to them. */
export interface Provenance {
  readonly generator: string;
  readonly requestId: string;
  readonly requestedBy: string;
  readonly approvals: { readonly strategic?: string; readonly final?: string };
  readonly purpose: string;
  readonly planHash?: string;
  /** Id of the template, as in `TemplateDescriptor.id`. */
  readonly template: string;
  /** Hash of the template, as in `TemplateDescriptor.hash`. */
  readonly templateHash: string;
}

/**
 * A share of the files that one task produces: `repository` is code, tests,
 * documentation and deployment manifests, `infrastructure` the Terraform for
 * the database, `pipeline` the CI/CD definitions.
 */
export type ServicePart = 'repository' | 'infrastructure' | 'pipeline';

/** One rendered file; the path is relative and uses forward slashes. */
export interface RenderedFile {
  readonly path: string;
  readonly content: string;
  readonly mode?: 0o644 | 0o755;
}

/** A tool that someone needs in order to use generated files. */
export interface Prerequisite {
  readonly name: string;
  readonly minimumVersion: string;
}

/** A program that runs services, or builds them, and the version it needs at least. */
export interface ServiceRuntime {
  readonly command: 'go' | 'node' | 'python';
  readonly minimumVersion: string;
}

/** What a template offers; everything a planner needs in order to choose it. */
export interface TemplateDescriptor {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly language: string;
  readonly pattern: string;
  readonly databases: readonly string[];
  readonly runtime: ServiceRuntime;
  /** SHA-256 over all template files and the data they are rendered with. */
  readonly hash: string;
}

/** What is wrong with one field, and how to put it right. */
export interface SpecProblem {
  readonly field: string;
  readonly message: string;
  readonly remedy: string;
}

/** An environment variable that a service reads. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly secret: boolean;
  readonly default?: string;
}

/** How to run a rendered service as a local process; every argv is relative to its repository. */
export interface LaunchSpec {
  readonly runtime: ServiceRuntime;
  readonly argv: readonly string[];
  /** Absent where there is no schema to migrate. */
  readonly migrations?: {
    readonly up: readonly string[];
    readonly down: readonly string[];
    readonly status: readonly string[];
  };
  readonly testArgv: readonly string[];
  readonly healthPath: string;
  readonly readinessPath: string;
  readonly metricsPath: string;
  readonly openApiPath: string;
  /** The REST collection, for a first request. */
  readonly resourcePath: string;
  readonly environment: readonly EnvironmentVariable[];
  /** Variable that takes the connection string; absent where there is no database. */
  readonly databaseUrlVariable?: string;
  /** Variable that lets the service's own tests use a database. */
  readonly testDatabaseUrlVariable?: string;
  readonly manifestPath: string;
  readonly lockfilePath: string;
  readonly stopSignal: 'SIGTERM';
  readonly stopTimeoutMs: number;
}

/** The exact dependencies of a variant; the hash is the same for every service that shares them. */
export interface DependencyLock {
  readonly manifest: LockFile;
  readonly lockfile: LockFile;
  readonly hash: string;
}

/** A file that says which dependencies there are; the path is relative to the repository. */
export interface LockFile {
  readonly path: string;
  readonly content: string;
}
