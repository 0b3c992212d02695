import {
  LaunchSpec,
  Prerequisite,
  ServicePart,
  ServiceRuntime,
  ServiceSpec,
} from '../types';

/** A folder under `templates/` and the part its files belong to; later layers win over earlier ones. */
export interface TemplateLayer {
  readonly folder: string;
  readonly part: ServicePart;
}

/** A rule that gives the files it matches their prerequisites; the first match counts. */
export interface PrerequisiteRule {
  readonly paths: RegExp;
  readonly needs: readonly Prerequisite[];
}

/** What a template adds for one database, `none` included. */
export interface DatabaseOption {
  readonly layers: readonly TemplateLayer[];
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
  /** False where state lives in the process, so that a second replica would see other data. */
  readonly replicable: boolean;
  readonly prerequisites: readonly Prerequisite[];
  /** Further names that this database's templates and the shared ones may refer to. */
  readonly variables: Readonly<Record<string, string>>;
}

/** What the shared templates have to know of a language. */
export interface LanguageVariables {
  /** Build argument of the Dockerfile that names its base image. */
  readonly imageVariable: string;
  /** How to make the service trust the certificate of its database, as the end of a sentence. */
  readonly certificateBundle: string;
}

/**
 * The declaration of a template: a new language or pattern is a new one of
 * these beside its folders, and an entry in `serviceTemplates`.
 */
export interface ServiceTemplate {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly language: string;
  readonly pattern: string;
  readonly runtime: ServiceRuntime;
  /** Files that are code: they also need what their database needs. */
  readonly code: RegExp;
  readonly variables: LanguageVariables;
  /** Further names for the language's own templates that follow from the service. */
  readonly variablesOf?: (
    spec: ServiceSpec,
  ) => Readonly<Record<string, string>>;
  readonly layers: readonly TemplateLayer[];
  readonly databases: Readonly<Record<string, DatabaseOption>>;
  readonly prerequisites: readonly PrerequisiteRule[];
  /** By exact version, in the words of the language's own manifest. */
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  /** Commands of the manifest, in languages whose manifest has any. */
  readonly scripts?: Readonly<Record<string, string>>;
  readonly launch: (spec: ServiceSpec) => LaunchSpec;
}
