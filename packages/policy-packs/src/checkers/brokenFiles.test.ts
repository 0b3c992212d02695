import { checkFiles } from '../checkFiles';
import type { FileFormat } from '../FileCheck';

// The first file of each format loads its parser.
jest.setTimeout(60_000);

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders
spec:
  replicas: 2
  selector:
    matchLabels: { app: orders }
  template:
    metadata:
      labels: { app: orders }
    spec:
      containers:
        - name: orders
          image: registry.example.com/orders:1.0.0
          ports:
            - containerPort: 8080
`;

const WORKFLOW = `name: ci
on: [push]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: npm test
`;

const PIPELINE = `stages: [test, deploy]
.node:
  image: node:24-alpine
test:
  extends: .node
  stage: test
  script:
    - npm test
deploy:
  stage: deploy
  needs: [test]
  script: ./deploy.sh
  rules:
    - if: $CI_COMMIT_BRANCH == "main"
`;

const OPENAPI = `openapi: 3.1.0
info:
  title: Orders
  version: 1.0.0
paths:
  /orders:
    get:
      operationId: listOrders
      responses:
        '200':
          description: All orders
`;

const DOCKERFILE = `FROM node:24.1.0-alpine AS build
WORKDIR /app
COPY . .
RUN npm ci
FROM node:24.1.0-alpine
WORKDIR /app
COPY --from=build /app .
USER node
CMD ["node", "dist/main.js"]
`;

const CATALOG = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: orders
  tags: [nodejs]
spec:
  type: service
  lifecycle: experimental
  owner: group:default/payments
  providesApis: [orders-api]
`;

const TERRAFORM = `resource "aws_db_instance" "orders" {
  engine            = "postgres"
  allocated_storage = 20
  tags = {
    Name = "orders-\${var.environment}"
  }
}
`;

const SHELL = `#!/usr/bin/env bash
set -euo pipefail
if [[ -n "\${1:-}" ]]; then
  echo "$1"
fi
`;

const SQL = `CREATE TABLE orders (
  id uuid PRIMARY KEY,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX CONCURRENTLY orders_created_at ON orders (created_at);
`;

const CHART = `apiVersion: v2
name: orders
version: 0.1.0
`;

interface Case {
  path: string;
  format: FileFormat;
  good: string;
  /** What is replaced to break the file, by what. */
  breaks: [string | RegExp, string];
  line: number;
  rule: string;
}

const CASES: Case[] = [
  {
    path: 'src/main.ts',
    format: 'typescript',
    good: 'export const a: number = 1;\n\nexport function b() {\n  return a;\n}\n',
    breaks: ['return a;', 'return a +;'],
    line: 4,
    rule: 'typescript/TS1109',
  },
  {
    path: 'src/View.tsx',
    format: 'typescript',
    good: 'export const View = () => (\n  <p>hello</p>\n);\n',
    breaks: ['</p>', '</b>'],
    line: 2,
    rule: 'typescript/TS17002',
  },
  {
    path: 'scripts/run.mjs',
    format: 'javascript',
    good: 'const a = 1;\nexport default a;\n',
    breaks: ['const a', 'const const a'],
    line: 1,
    rule: 'typescript/TS1389',
  },
  {
    path: 'app/main.py',
    format: 'python',
    good: 'import sys\n\n\ndef main() -> None:\n    match sys.argv:\n        case [_]:\n            pass\n',
    breaks: ['main()', 'main('],
    line: 4,
    rule: 'python/invalid-syntax',
  },
  {
    path: 'app/names.py',
    format: 'python',
    good: 'total = 1\nprint(total)\n',
    breaks: ['print(total)', 'print(totl)'],
    line: 2,
    rule: 'python/F821',
  },
  {
    path: 'bin/tidy',
    format: 'python',
    good: '#!/usr/bin/env python3\nprint(f"{1 + 1}")\n',
    breaks: ['1 + 1', '1 +'],
    line: 2,
    rule: 'python/invalid-syntax',
  },
  {
    path: 'pyproject.toml',
    format: 'toml',
    good: '[project]\nname = "orders"\nversion = "1.0.0"\n',
    breaks: ['version =', 'name ='],
    line: 3,
    rule: 'toml/syntax',
  },
  {
    path: 'requirements.txt',
    format: 'requirements',
    good: `# locked\nfastapi==0.165.0 \\\n    --hash=sha256:${'a'.repeat(
      64,
    )}\nh11==0.16.0 ; python_version < "4" \\\n    --hash=sha256:${'b'.repeat(
      64,
    )}\n`,
    breaks: ['sha256:aaaa', 'sha256:xaaa'],
    line: 2,
    rule: 'requirements/hash',
  },
  {
    path: 'requirements-dev.txt',
    format: 'requirements',
    good: `mypy==2.4.1 --hash=sha256:${'a'.repeat(
      64,
    )}\nruff==0.17.6 --hash=sha256:${'b'.repeat(64)}\n`,
    breaks: [/ruff.*/, 'ruff==0.17.6'],
    line: 2,
    rule: 'requirements/hash',
  },
  {
    path: 'package.json',
    format: 'json',
    good: '{\n  "name": "orders",\n  "private": true\n}\n',
    breaks: ['true', 'true,'],
    line: 4,
    rule: 'json/syntax',
  },
  {
    path: 'package.json',
    format: 'json',
    good: '{\n  "name": "orders",\n  "private": true\n}\n',
    breaks: ['"private": true', '"name": "other"'],
    line: 3,
    rule: 'json/duplicate-key',
  },
  {
    path: 'data/cut.json',
    format: 'json',
    good: '{\n  "a": [1, 2]\n}\n',
    breaks: [/\]\n\}\n$/, ''],
    line: 2,
    rule: 'json/syntax',
  },
  {
    path: 'mkdocs.yml',
    format: 'yaml',
    good: 'site_name: orders\nnav:\n  - Home: index.md\n',
    breaks: ['nav:', 'nav: ['],
    line: 4,
    rule: 'yaml/syntax',
  },
  {
    path: 'mkdocs.yml',
    format: 'yaml',
    good: 'site_name: orders\nnav:\n  - Home: index.md\n',
    breaks: ['nav:', 'site_name:'],
    line: 2,
    rule: 'yaml/duplicate-key',
  },
  {
    path: 'Dockerfile',
    format: 'dockerfile',
    good: DOCKERFILE,
    breaks: ['RUN npm ci', 'RUM npm ci'],
    line: 4,
    rule: 'dockerfile/lint',
  },
  {
    path: 'build/Dockerfile.worker',
    format: 'dockerfile',
    good: DOCKERFILE,
    breaks: ['USER node', 'USER root'],
    line: 8,
    rule: 'dockerfile/root-user',
  },
  {
    path: 'Dockerfile',
    format: 'dockerfile',
    good: DOCKERFILE,
    breaks: ['USER node\n', ''],
    line: 5,
    rule: 'dockerfile/root-user',
  },
  {
    path: 'Dockerfile',
    format: 'dockerfile',
    good: DOCKERFILE,
    breaks: [/^FROM.*\n/gm, ''],
    line: 1,
    rule: 'dockerfile/lint',
  },
  {
    path: 'k8s/deployment.yaml',
    format: 'kubernetes',
    good: DEPLOYMENT,
    breaks: ['replicas: 2', 'replicas: two'],
    line: 6,
    rule: 'kubernetes/schema',
  },
  {
    path: 'k8s/all.yaml',
    format: 'kubernetes',
    good: `${DEPLOYMENT}---\n${DEPLOYMENT}`,
    breaks: [/containerPort: 8080\n$/, 'containerPort: http\n'],
    line: 35,
    rule: 'kubernetes/schema',
  },
  {
    path: 'k8s/deployment.yaml',
    format: 'kubernetes',
    good: DEPLOYMENT,
    breaks: ['          image:', '          imag:'],
    line: 15,
    rule: 'kubernetes/unknown-field',
  },
  {
    path: 'k8s/deployment.yaml',
    format: 'kubernetes',
    good: DEPLOYMENT,
    breaks: [
      '  replicas: 2',
      '  strategy:\n    rollingUpdate: { maxSurge: 1, maxUnavailible: 0 }',
    ],
    line: 7,
    rule: 'kubernetes/unknown-field',
  },
  {
    path: 'k8s/deployment.yaml',
    format: 'kubernetes',
    good: DEPLOYMENT,
    breaks: ['apps/v1', 'extensions/v1beta1'],
    line: 1,
    rule: 'kubernetes/schema',
  },
  {
    path: 'k8s/deployment.yaml',
    format: 'kubernetes',
    good: DEPLOYMENT,
    breaks: ['kind: Deployment', 'kind: Deploymint'],
    line: 2,
    rule: 'kubernetes/schema',
  },
  {
    path: '.github/workflows/ci.yml',
    format: 'github-actions',
    good: WORKFLOW,
    breaks: ['- run: npm test', '- rum: npm test'],
    line: 8,
    rule: 'github-actions/syntax-check',
  },
  {
    path: '.github/workflows/ci.yml',
    format: 'github-actions',
    good: WORKFLOW,
    breaks: ['npm test', 'echo ${{ matrix.node }}'],
    line: 8,
    rule: 'github-actions/expression',
  },
  {
    path: 'infra/main.tf',
    format: 'terraform',
    good: TERRAFORM,
    breaks: ['= 20', '= '],
    line: 3,
    rule: 'terraform/syntax',
  },
  {
    path: 'infra/main.tf',
    format: 'terraform',
    good: TERRAFORM,
    breaks: ['allocated_storage', 'engine           '],
    line: 3,
    rule: 'terraform/syntax',
  },
  {
    path: 'rollback.sh',
    format: 'shell',
    good: SHELL,
    breaks: [/fi\n$/, ''],
    line: 3,
    rule: 'shell/syntax',
  },
  {
    path: 'bin/start',
    format: 'shell',
    good: '#!/bin/sh\nset -eu\necho ok\n',
    breaks: ['echo ok', 'echo "ok'],
    line: 3,
    rule: 'shell/syntax',
  },
  {
    path: 'docs/openapi.yaml',
    format: 'openapi',
    good: OPENAPI,
    breaks: ['description: All orders', 'descripton: All orders'],
    line: 10,
    rule: 'openapi/schema',
  },
  {
    path: 'openapi.json',
    format: 'openapi',
    good: '{\n  "openapi": "3.0.3",\n  "info": {\n    "title": "Orders",\n    "version": "1"\n  },\n  "paths": {}\n}\n',
    breaks: ['"paths": {}', '"paths": []'],
    line: 7,
    rule: 'openapi/schema',
  },
  {
    path: 'migrations/001.sql',
    format: 'sql',
    good: SQL,
    breaks: ['timestamptz NOT NULL', 'timestamptz NOT NUL'],
    line: 3,
    rule: 'sql/syntax',
  },
  {
    path: 'catalog-info.yaml',
    format: 'catalog-info',
    good: CATALOG,
    breaks: ['  owner: group:default/payments\n', ''],
    line: 6,
    rule: 'catalog-info/schema',
  },
  {
    path: 'catalog-info.yaml',
    format: 'catalog-info',
    good: CATALOG,
    breaks: ['tags: [nodejs]', 'tags: [Node JS]'],
    line: 5,
    rule: 'catalog-info/schema',
  },
  {
    path: 'charts/orders/Chart.yaml',
    format: 'helm-chart',
    good: CHART,
    breaks: ['version: 0.1.0', 'version: one'],
    line: 3,
    rule: 'helm-chart/schema',
  },
];

async function checkOne(path: string, content: string) {
  const [check] = await checkFiles([{ path, content }]);
  return check;
}

describe('checkers', () => {
  it.each(CASES)(
    'finds $rule in line $line of $path',
    async ({ path, format, good, breaks, line, rule }) => {
      const broken = good.replace(breaks[0], breaks[1]);
      expect(broken).not.toBe(good);

      const check = await checkOne(path, broken);

      expect(check).toMatchObject({ path, format, status: 'failed' });
      expect(check.violations).toContainEqual(
        expect.objectContaining({ rule, line }),
      );
    },
  );

  it.each(CASES)('passes the sound $path ($rule)', async testCase => {
    expect(await checkOne(testCase.path, testCase.good)).toEqual({
      path: testCase.path,
      format: testCase.format,
      status: 'passed',
      violations: [],
    });
  });

  it.each([
    ['stage: deploy', 'stage: ship', 10, "unknown stage 'ship'"],
    ['needs: [test]', 'needs: [tset]', 11, "needs 'tset'"],
    ['extends: .node', 'extends: .nod', 5, "extends '.nod'"],
    ['script: ./deploy.sh', 'scripts: ./deploy.sh', 12, 'scripts'],
    ['    - npm test', '    - 7', 7, 'script'],
    ['- if: $CI', '- iff: $CI', 14, 'iff'],
    ['deploy:\n', 'image:\n', 9, 'cannot be the name of a job'],
  ])(
    'finds %s written as %s in a pipeline',
    async (from, to, line, message) => {
      const check = await checkOne(
        '.gitlab-ci.yml',
        PIPELINE.replace(from, to),
      );
      expect(check).toMatchObject({ format: 'gitlab-ci', status: 'failed' });
      expect(check.violations).toContainEqual(
        expect.objectContaining({
          line,
          message: expect.stringContaining(message),
        }),
      );
    },
  );

  it('says of a sound pipeline that only a GitLab server can judge it whole', async () => {
    expect(await checkOne('.gitlab-ci.yml', PIPELINE)).toMatchObject({
      status: 'needs_review',
      violations: [],
      reason: expect.stringContaining('GitLab server'),
    });
  });

  it('leaves custom resources to a person and names them', async () => {
    expect(
      await checkOne(
        'k8s/monitor.yaml',
        'apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata:\n  name: a\n',
      ),
    ).toMatchObject({
      status: 'needs_review',
      reason: expect.stringContaining('ServiceMonitor'),
    });
  });

  it('loads no module for a kind that is a path', async () => {
    const check = await checkOne(
      'k8s/evil.yaml',
      'apiVersion: v1\nkind: ../package.json\nmetadata:\n  name: a\n',
    );
    expect(check.violations[0]).toMatchObject({
      rule: 'kubernetes/schema',
      message: "v1 has no kind '../package.json'",
    });
  });

  it('reports weak spots without failing the file', async () => {
    expect(
      await checkOne('Dockerfile', 'FROM node\nUSER node\nCMD ["node"]\n'),
    ).toMatchObject({
      status: 'passed',
      violations: [{ rule: 'dockerfile/unpinned-image', line: 1 }],
    });
    expect(
      await checkOne('run.sh', '#!/usr/bin/env bash\necho hi\n'),
    ).toMatchObject({
      status: 'passed',
      violations: [{ rule: 'shell/strict-mode', line: 1 }],
    });
  });

  it('takes comments in tsconfig.json and in no other JSON file', async () => {
    const content = '{\n  // why\n  "url": "http://a.example/*x*/"\n}\n';
    expect((await checkOne('tsconfig.json', content)).status).toBe('passed');
    expect((await checkOne('data.json', content)).status).toBe('failed');
  });
});
