import type { Checker, FileFormat } from '../FileCheck';
import { checkCatalogInfo } from './checkCatalogInfo';
import { checkDockerfile } from './checkDockerfile';
import { checkGithubActions } from './checkGithubActions';
import { checkGitlabCi } from './checkGitlabCi';
import { checkGo } from './checkGo';
import { checkGoMod } from './checkGoMod';
import { checkGoSum } from './checkGoSum';
import { checkHelmChart } from './checkHelmChart';
import { checkJson } from './checkJson';
import { checkKubernetes } from './checkKubernetes';
import { checkOpenApi } from './checkOpenApi';
import { checkPython } from './checkPython';
import { checkRequirements } from './checkRequirements';
import { checkShell } from './checkShell';
import { checkSql } from './checkSql';
import { checkTerraform } from './checkTerraform';
import { checkToml } from './checkToml';
import { checkTypeScript } from './checkTypeScript';
import { checkYaml } from './checkYaml';

/** What looks at a format, or why nothing does. */
export type Coverage =
  | { readonly check: Checker }
  | { readonly noChecker: string };

/** Every format and its checker: the one place that knows them all. */
export const CHECKERS: Readonly<Record<FileFormat, Coverage>> = {
  'catalog-info': { check: checkCatalogInfo },
  codeowners: { noChecker: 'No checker for CODEOWNERS yet' },
  dockerfile: { check: checkDockerfile },
  'github-actions': { check: checkGithubActions },
  'gitlab-ci': { check: checkGitlabCi },
  go: { check: checkGo },
  'go-mod': { check: checkGoMod },
  'go-sum': { check: checkGoSum },
  'helm-chart': { check: checkHelmChart },
  'helm-template': {
    noChecker: 'Helm templates are not rendered here; run helm lint',
  },
  javascript: { check: checkTypeScript },
  json: { check: checkJson },
  kubernetes: { check: checkKubernetes },
  markdown: { noChecker: 'Prose and diagrams have no checker' },
  openapi: { check: checkOpenApi },
  python: { check: checkPython },
  requirements: { check: checkRequirements },
  shell: { check: checkShell },
  sql: { check: checkSql },
  terraform: { check: checkTerraform },
  text: { noChecker: 'No checker for this kind of file' },
  toml: { check: checkToml },
  typescript: { check: checkTypeScript },
  yaml: { check: checkYaml },
};
