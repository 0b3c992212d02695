import type { FileFormat, SourceFile } from '../FileCheck';

const BY_NAME: readonly (readonly [RegExp, FileFormat])[] = [
  [/(^|\/)catalog-info\.ya?ml$/, 'catalog-info'],
  [/(^|\/)\.gitlab-ci\.ya?ml$/, 'gitlab-ci'],
  [/^\.github\/workflows\/[^/]+\.ya?ml$/, 'github-actions'],
  [/(^|\/)(Dockerfile|Containerfile)(\.[\w-]+)?$/, 'dockerfile'],
  [/\.dockerfile$/i, 'dockerfile'],
  [/(^|\/)CODEOWNERS$/, 'codeowners'],
  [/(^|\/)Chart\.ya?ml$/, 'helm-chart'],
  [/(^|\/)go\.mod$/, 'go-mod'],
  [/(^|\/)go\.sum$/, 'go-sum'],
  [/\.go$/, 'go'],
  [/\.(ts|mts|cts|tsx)$/, 'typescript'],
  [/\.(js|mjs|cjs|jsx)$/, 'javascript'],
  [/\.(tf|tfvars)$/, 'terraform'],
  [/\.pyi?$/, 'python'],
  [/(^|\/)requirements([\w.-]*)\.txt$/, 'requirements'],
  [/\.toml$/, 'toml'],
  [/\.(sh|bash)$/, 'shell'],
  [/\.sql$/, 'sql'],
  [/\.(md|mdx|mmd)$/, 'markdown'],
];

const SHELL_SHEBANG = /^#!\s*\/\S*(?:env\s+)?\b(?:sh|bash|dash)\b/;
const PYTHON_SHEBANG = /^#!\s*\/\S*(?:env\s+)?\bpython[\d.]*\b/;
const NODE_SHEBANG = /^#!\s*\/\S*(?:env\s+)?\bnode\b/;
const OPENAPI_YAML = /^["']?(?:openapi|swagger)["']?\s*:/m;
const OPENAPI_JSON = /^\s*\{\s*"(?:openapi|swagger)"\s*:/;
const BACKSTAGE_ENTITY = /^apiVersion\s*:\s*["']?backstage\.io\//m;
const API_VERSION_KEY = /^apiVersion\s*:/m;
const KIND_KEY = /^kind\s*:/m;

function isHelmTemplate(path: string, chartRoots: ReadonlySet<string>) {
  const at = path.lastIndexOf('/templates/');
  if (at >= 0 && chartRoots.has(path.slice(0, at))) {
    return true;
  }
  return path.startsWith('templates/') && chartRoots.has('');
}

function formatOfYaml(content: string): FileFormat {
  if (BACKSTAGE_ENTITY.test(content)) {
    return 'catalog-info';
  }
  if (API_VERSION_KEY.test(content) && KIND_KEY.test(content)) {
    return 'kubernetes';
  }
  return OPENAPI_YAML.test(content) ? 'openapi' : 'yaml';
}

/** The folders that hold a Helm chart, so that the templates in them are not taken for plain YAML. */
export function findChartRoots(
  files: readonly Pick<SourceFile, 'path'>[],
): ReadonlySet<string> {
  return new Set(
    files
      .map(({ path }) => /^(?:(.*)\/)?Chart\.ya?ml$/.exec(path))
      .flatMap(match => (match ? [match[1] ?? ''] : [])),
  );
}

/** Tells the format of a file from its path and, where the path does not settle it, its content. */
export function detectFormat(
  file: SourceFile,
  chartRoots: ReadonlySet<string> = new Set(),
): FileFormat {
  const { path, content } = file;
  if (isHelmTemplate(path, chartRoots)) {
    return 'helm-template';
  }
  const named = BY_NAME.find(([pattern]) => pattern.test(path));
  if (named) {
    return named[1];
  }
  if (/\.json$/.test(path)) {
    return OPENAPI_JSON.test(content) ? 'openapi' : 'json';
  }
  if (/\.ya?ml$/.test(path)) {
    return formatOfYaml(content);
  }
  if (SHELL_SHEBANG.test(content)) {
    return 'shell';
  }
  if (PYTHON_SHEBANG.test(content)) {
    return 'python';
  }
  return NODE_SHEBANG.test(content) ? 'javascript' : 'text';
}
