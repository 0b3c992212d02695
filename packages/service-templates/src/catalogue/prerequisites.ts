import { Prerequisite } from '../types';
import { PrerequisiteRule } from './ServiceTemplate';

const docker: Prerequisite = { name: 'Docker', minimumVersion: '24.0' };
const kubernetes: Prerequisite = { name: 'Kubernetes', minimumVersion: '1.27' };
const helm: Prerequisite = { name: 'Helm', minimumVersion: '3.14' };
const terraform: Prerequisite = { name: 'Terraform', minimumVersion: '1.9' };
const awsProvider: Prerequisite = {
  name: 'hashicorp/aws provider',
  minimumVersion: '5.80',
};
const git: Prerequisite = { name: 'Git', minimumVersion: '2.30' };
const bash: Prerequisite = { name: 'Bash', minimumVersion: '4.2' };
const backstage: Prerequisite = { name: 'Backstage', minimumVersion: '1.30' };

/** What a service needs of its database. */
export const postgresql: Prerequisite = {
  name: 'PostgreSQL',
  minimumVersion: '14',
};

/** What each file of a service needs: the shared files theirs, the pipelines the runtime, all others the tools of the language. */
export function prerequisiteRules(language: {
  readonly runtime: Prerequisite;
  readonly tools: readonly Prerequisite[];
}): readonly PrerequisiteRule[] {
  const { runtime, tools } = language;
  return [
    { paths: /^infrastructure\/terraform\//, needs: [terraform, awsProvider] },
    { paths: /^deploy\/kubernetes\//, needs: [kubernetes] },
    { paths: /^deploy\/helm\//, needs: [helm, kubernetes] },
    { paths: /^rollback\.sh$/, needs: [bash, git] },
    {
      paths: /Dockerfile$|^docker-compose\.yaml$|^\.dockerignore$/,
      needs: [docker],
    },
    { paths: /^\.gitlab-ci\.yml$|^\.github\//, needs: [runtime, docker] },
    { paths: /^catalog-info\.yaml$|^mkdocs\.yml$|^docs\//, needs: [backstage] },
    { paths: /^CODEOWNERS$|^\.gitignore$|^\.editorconfig$/, needs: [git] },
    { paths: /^/, needs: [runtime, ...tools] },
  ];
}
