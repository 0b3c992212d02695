import { dependencyLock } from './dependencyLock';
import { renderService } from './renderService';
import {
  aSpec,
  contentOf,
  someProvenance,
  variants,
} from './__testUtils__/sampleService';

describe.each(variants)(
  'dependencyLock($name, $database, $environment)',
  spec => {
    const { manifest: manifestFile, lockfile } = dependencyLock(spec);
    const manifest = JSON.parse(manifestFile.content);
    const lock = JSON.parse(lockfile.content);

    it('is what the service ships', () => {
      const files = renderService(spec, { provenance: someProvenance() });
      expect(contentOf(files, 'package.json')).toBe(manifestFile.content);
      expect(contentOf(files, 'package-lock.json')).toBe(lockfile.content);
    });

    it('locks what the manifest asks for', () => {
      const { dependencies, devDependencies, name, version, engines } =
        manifest;
      expect(lock.packages['']).toMatchObject({
        dependencies,
        devDependencies,
        name,
        version,
      });
      expect(lock.packages[''].engines).toEqual(engines);
      for (const [dependency, wanted] of Object.entries({
        ...dependencies,
        ...devDependencies,
      })) {
        expect(lock.packages[`node_modules/${dependency}`].version).toBe(
          wanted,
        );
      }
    });

    it('names no registry and has a checksum for every package', () => {
      expect(lockfile.content).not.toMatch(/"resolved"|\.tgz"/);
      const unchecked = Object.entries<{ integrity?: string }>(
        lock.packages,
      ).filter(
        ([path, { integrity }]) =>
          path !== '' && !integrity?.startsWith('sha512-'),
      );
      expect(unchecked).toEqual([]);
    });

    it('runs no install script', () => {
      const scripted = Object.entries<{
        hasInstallScript?: boolean;
        dev?: boolean;
      }>(lock.packages).filter(
        ([, entry]) => entry.hasInstallScript && !entry.dev,
      );
      expect(scripted).toEqual([]);
    });
  },
);

describe('dependencyLock', () => {
  it('has one hash for services with the same dependencies', () => {
    const { hash } = dependencyLock(aSpec());
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(
      dependencyLock(aSpec({ name: 'other', description: 'other', port: 3000 }))
        .hash,
    ).toBe(hash);
    expect(dependencyLock(aSpec({ database: 'none' })).hash).not.toBe(hash);
  });
});
