import type { RuntimeReport } from '@agentic-backstage/plugin-agentic-node';
import type { LaunchDescription } from './launchFile';

/** A command of a language's runtime, with what it needs around it. */
export interface RuntimeCommand {
  readonly program: string;
  readonly args: readonly string[];
  /** Ends at once with exit code 0 wherever the program can be run; tells whether a sandbox works. */
  readonly check: readonly string[];
  /** Files and folders outside of the release that the command has to be able to read. */
  readonly readable: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * How services of one language are made ready and run on this machine:
 * 1. `report` says whether it can be done here at all, before anything is planned;
 * 2. `readLaunch` and `provide` make a checked-out release ready;
 * 3. `command` says what to start, for the service and for its migrations.
 * A language is one of these, listed in `createToolchains`.
 */
export interface Toolchain {
  /** As in a request; also the id of the runtime probe. */
  readonly language: string;
  readonly title: string;
  /** The file at the root of a repository by which the language is known. */
  readonly manifest: string;
  /** Memory in MiB that the runtime reserves before a service has allocated anything. */
  readonly reserveMb: number;
  /** Says which version would run services, or why none can and which is needed. */
  report(): Promise<RuntimeReport>;
  /** Reads how the service in a folder is started. Throws `InputError` where it does not say. */
  readLaunch(folder: string): Promise<LaunchDescription>;
  /**
   * Gives a checked-out release what its lock file names, from a store that is filled once. Runs no
   * script of a package. Does nothing where it has been done.
   */
  provide(folder: string, signal: AbortSignal): Promise<void>;
  /** The command for an argv of the launch description, in a release that was provided. */
  command(release: {
    readonly folder: string;
    readonly argv: readonly string[];
    readonly memoryMb: number;
  }): Promise<RuntimeCommand>;
}
