import { parse, parseAllDocuments } from 'yaml';
import { renderService } from './renderService';
import {
  aSpec,
  contentOf,
  someProvenance,
  variantsOfEveryLanguage,
} from './__testUtils__/sampleService';
import { parseProblems } from './__testUtils__/parseProblems';
import { formatProblem, hasTerraform } from './__testUtils__/terraform';
import { RenderedFile, ServicePart } from './types';

const parts: readonly ServicePart[] = [
  'repository',
  'infrastructure',
  'pipeline',
];

describe.each(variantsOfEveryLanguage)(
  'renderService($language, $name, $database, $environment)',
  spec => {
    const provenance = someProvenance();
    const files = renderService(spec, { provenance });

    it('gives the same bytes for the same input', () => {
      expect(
        renderService({ ...spec }, { provenance: { ...provenance } }),
      ).toEqual(files);
    });

    it('sorts by path and renders each path once', () => {
      const paths = files.map(file => file.path);
      expect(paths).toEqual([...new Set(paths)].sort());
    });

    it('gives in parts what it gives as a whole', () => {
      const together = parts.flatMap(part =>
        renderService(spec, { parts: [part], provenance }),
      );
      expect(together.sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual(
        files,
      );
    });

    it('ends every file with one line break and leaves no template marks', () => {
      const marks = /<[$%#] | [$%#]>|__(?:dot|name|plural|table)__/;
      // Python has names of this form itself.
      const plain = (path: string, content: string) =>
        path.endsWith('.py') ? content.replaceAll('__name__', '') : content;
      const problems = files
        .filter(({ path }) => path !== 'package-lock.json')
        .filter(
          ({ path, content }) =>
            !/[^\n]\n$/.test(content) ||
            marks.test(path + plain(path, content)),
        );
      expect(problems.map(({ path }) => path)).toEqual([]);
    });

    it('puts no missing value into a file', () => {
      const found = files
        .filter(({ path }) => !/\.(?:ts|go)$/.test(path))
        .filter(({ content }) => /\b(?:undefined|NaN|\[object )/.test(content));
      expect(found.map(({ path }) => path)).toEqual([]);
    });

    it('keeps expressions of Helm and GitHub Actions to their own files', () => {
      const found = files
        .filter(({ content }) => content.includes('{{'))
        .map(({ path }) => path);
      expect(
        found.filter(
          path =>
            !/^deploy\/helm\/[^/]+\/templates\//.test(path) &&
            !path.startsWith('.github/'),
        ),
      ).toEqual([]);
    });

    it('gives JSON, YAML and TypeScript that parse', () => {
      expect(files.flatMap(parseProblems)).toEqual([]);
    });

    it('marks only scripts as executable', () => {
      expect(
        files.filter(file => file.mode === 0o755).map(file => file.path),
      ).toEqual(['rollback.sh']);
    });

    (hasTerraform ? it : it.skip)('passes terraform fmt', () =>
      expectFormatted(files),
    );

    it('probes, limits and confines every container', () => {
      const deployment = parse(
        contentOf(files, 'deploy/kubernetes/deployment.yaml'),
      );
      const pod = deployment.spec.template.spec;
      const [container] = pod.containers;
      expect(container.livenessProbe.httpGet.path).toBe('/health');
      expect(container.readinessProbe.httpGet.path).toBe('/ready');
      expect(container.ports[0].containerPort).toBe(spec.port);
      expect(pod.securityContext.runAsNonRoot).toBe(true);
      for (const each of [...pod.containers, ...(pod.initContainers ?? [])]) {
        expect(each.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(Object.keys(each.resources)).toEqual(['requests', 'limits']);
        expect(each.image).toMatch(/:\d+\.\d+\.\d+$/);
      }
      expect(deployment.spec.selector.matchLabels).toEqual(
        deployment.spec.template.metadata.labels,
      );
    });

    it('lists in the kustomization exactly the manifests that exist', () => {
      const folder = 'deploy/kubernetes/';
      const { resources } = parse(
        contentOf(files, `${folder}kustomization.yaml`),
      );
      const present = files
        .map(file => file.path)
        .filter(
          path =>
            path.startsWith(folder) && !path.endsWith('kustomization.yaml'),
        )
        .map(path => path.slice(folder.length));
      expect([...resources].sort()).toEqual(present);
    });

    it('describes itself to the catalog', () => {
      const [component, api, resource] = parseAllDocuments(
        contentOf(files, 'catalog-info.yaml'),
      ).map(document => document.toJS());
      expect(component.metadata).toMatchObject({
        name: spec.name,
        description: spec.description,
        annotations: {
          'backstage.io/techdocs-ref': 'dir:.',
          'agentic.io/workflow-id': provenance.requestId,
        },
      });
      expect(component.spec).toMatchObject({
        owner: spec.owner,
        providesApis: [api.metadata.name],
      });
      expect(api.spec.definition).toEqual({ $text: './openapi.yaml' });
      expect(resource?.metadata.name).toBe(
        spec.database === 'none' ? undefined : `${spec.name}-database`,
      );
    });

    it('deploys nothing unless told to, and production only by hand', () => {
      const gitlab = parse(contentOf(files, '.gitlab-ci.yml'));
      expect(gitlab.variables.DEPLOY_EXECUTE).toBe('false');
      expect(gitlab.production.rules).toEqual([
        expect.objectContaining({ when: 'manual' }),
      ]);
      const github = parse(contentOf(files, '.github/workflows/ci.yml'));
      expect(github.on.workflow_dispatch.inputs.execute.default).toBe(false);
      const jobs = [github.jobs.staging, github.jobs.production];
      expect(jobs.map(job => job.environment)).toEqual([
        'staging',
        'production',
      ]);
      const deployments = jobs
        .flatMap(job => job.steps)
        .filter(step => String(step.run).includes('helm upgrade'));
      expect(deployments.map(step => step.if)).toEqual([
        'inputs.execute == true',
        'inputs.execute == true',
      ]);
    });

    it('pins every image and action', () => {
      const loose = files
        .filter(({ path }) => /ya?ml$|Dockerfile$/.test(path))
        .flatMap(({ path, content }) =>
          content.split('\n').map(line => `${path}: ${line.trim()}`),
        )
        .filter(line => /:latest|uses: \S+@(?![0-9a-f]{40}\b)/.test(line));
      expect(loose).toEqual([]);
    });
  },
);

describe('renderService', () => {
  const provenance = someProvenance();

  it('has nothing to render as infrastructure without a database', () => {
    const spec = aSpec({ database: 'none' });
    expect(
      renderService(spec, { parts: ['infrastructure'], provenance }),
    ).toEqual([]);
  });

  it('keeps one replica where state lives in the process', () => {
    const files = renderService(aSpec({ database: 'none' }), { provenance });
    const { spec } = parse(
      contentOf(files, 'deploy/kubernetes/deployment.yaml'),
    );
    expect(spec).toMatchObject({
      replicas: 1,
      strategy: { type: 'Recreate' },
    });
    expect(
      files.some(({ path }) => path.includes('horizontalpodautoscaler')),
    ).toBe(true);
    expect(
      files.some(({ path }) => path.startsWith('deploy/kubernetes/horizontal')),
    ).toBe(false);
  });

  it('turns high availability into a standby database and a strict spread', () => {
    const files = renderService(aSpec({ highAvailability: true }), {
      provenance,
    });
    expect(contentOf(files, 'infrastructure/terraform/variables.tf')).toMatch(
      /variable "multi_az" \{[^}]*default {5}= true/,
    );
    expect(contentOf(files, 'deploy/kubernetes/deployment.yaml')).toContain(
      'DoNotSchedule',
    );
  });

  it('says pending until approved, then who approved', () => {
    const header = (approvals: { strategic?: string; final?: string }) =>
      contentOf(
        renderService(aSpec(), { provenance: someProvenance({ approvals }) }),
        'src/main.ts',
      );
    expect(header({})).toContain(
      '// Approved by: pending (strategic), pending (final)\n',
    );
    expect(
      header({
        strategic: 'user:default/grace',
        final: 'user:default/linus',
      }),
    ).toContain(
      '// Approved by: user:default/grace (strategic), user:default/linus (final)\n',
    );
  });

  it('puts the header of a script after its first line', () => {
    const script = contentOf(
      renderService(aSpec(), { provenance }),
      'rollback.sh',
    );
    expect(script.split('\n').slice(0, 2)).toEqual([
      '#!/usr/bin/env bash',
      expect.stringMatching(/^# Generated by: /),
    ]);
  });

  it.each([
    '../x',
    'a b',
    '$(id)',
    "x'; rm -rf /",
    '',
    'a'.repeat(101),
    'a..b',
    '-x',
  ])('refuses the request id %p', requestId => {
    expect(() =>
      renderService(aSpec(), { provenance: someProvenance({ requestId }) }),
    ).toThrow(/provenance\.requestId is not usable/);
  });

  it('refuses a spec that cannot be used, naming every field', () => {
    expect(() =>
      renderService(aSpec({ name: '../x', port: 80 }), { provenance }),
    ).toThrow(/name is not usable.*port is not usable/);
  });
});

function expectFormatted(files: readonly RenderedFile[]) {
  const problems = files
    .filter(file => file.path.endsWith('.tf'))
    .map(({ path, content }) => ({ path, problem: formatProblem(content) }));
  expect(problems.filter(({ problem }) => problem !== '')).toEqual([]);
}
