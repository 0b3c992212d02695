import { launchSpec } from './launchSpec';
import { renderService } from './renderService';
import {
  aSpec,
  contentOf,
  someProvenance,
  variants,
} from './__testUtils__/sampleService';

describe.each(variants)('launchSpec($name, $database, $environment)', spec => {
  const launch = launchSpec(spec);
  const files = renderService(spec, { provenance: someProvenance() });
  const paths = files.map(file => file.path);

  it('starts and migrates with files that exist', () => {
    const commands = [
      launch.argv,
      ...(launch.migrations
        ? [launch.migrations.up, launch.migrations.down]
        : []),
    ];
    for (const [command, script] of commands) {
      expect(command).toBe('node');
      expect(paths).toContain(script);
    }
    expect(paths).toEqual(
      expect.arrayContaining([launch.manifestPath, launch.lockfilePath]),
    );
  });

  it('says the same as the scripts of the package', () => {
    const { scripts, engines } = JSON.parse(
      contentOf(files, launch.manifestPath),
    );
    expect(scripts.start).toBe(launch.argv.join(' '));
    expect(scripts.test.replace(/'/g, '')).toBe(launch.testArgv.join(' '));
    expect(engines.node).toBe(`>=${launch.runtime.minimumVersion}`);
  });

  it('lists exactly the variables that the code reads', () => {
    const sources =
      contentOf(files, 'src/config.ts') +
      contentOf(files, 'src/storage/settings.ts');
    const read = [...sources.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(
      match => match[1],
    );
    expect(launch.environment.map(variable => variable.name).sort()).toEqual(
      read.sort(),
    );
  });

  it('names routes that the code and the API description have', () => {
    const openApi = contentOf(files, 'openapi.yaml');
    for (const path of [
      launch.healthPath,
      launch.readinessPath,
      launch.resourcePath,
    ]) {
      expect(openApi).toContain(`\n  ${path}:\n`);
    }
  });

  it('needs a database only where there is one', () => {
    const required = launch.environment.filter(variable => variable.required);
    expect(required.map(variable => variable.name)).toEqual(
      spec.database === 'none' ? [] : [launch.databaseUrlVariable],
    );
    expect(launch.migrations === undefined).toBe(spec.database === 'none');
  });
});

describe('launchSpec', () => {
  it('refuses what cannot be rendered', () => {
    expect(() => launchSpec(aSpec({ language: 'rust' }))).toThrow(
      /language has no template yet/,
    );
  });
});
