import type { SourceFile } from '../FileCheck';
import { detectFormat } from '../files/detectFormat';
import type { Documents, Resource, Unchecked } from '../documents/Resource';
import { readCloudFormation } from '../documents/readCloudFormation';
import { readDockerfile } from '../documents/readDockerfile';
import { readKubernetes } from '../documents/readKubernetes';
import { readYamlDocuments } from '../documents/readYamlDocuments';
import { readTerraform } from '../documents/terraform/readTerraform';
import { readTerraformPlan } from '../documents/terraform/readTerraformPlan';
import { isObject } from '../documents/Value';
import type { Value, ValueObject } from '../documents/Value';
import type { DocumentType } from './checkPolicy';

const NOTHING: Documents = { resources: [], unchecked: [] };

function readPipeline(
  platform: 'github-actions' | 'gitlab-ci',
  { path, content }: SourceFile,
): Documents {
  const { documents, unchecked } = readYamlDocuments(content, path);
  return {
    unchecked,
    resources: documents.flatMap(({ value, lineOf, line }): Resource[] =>
      isObject(value)
        ? [
            {
              platform,
              type: platform,
              name: path,
              address: path,
              names: [],
              attributes: value,
              file: path,
              line,
              lineOf,
            },
          ]
        : [],
    ),
  };
}

function readJson(content: string): Value | undefined {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

/** What kind of document a file is, by its path and content. Undefined where only its text can be looked at. */
export function documentTypeOf(
  file: SourceFile,
  chartRoots: ReadonlySet<string> = new Set(),
): DocumentType | undefined {
  const format = detectFormat(file, chartRoots);
  if (format === 'helm-template') {
    return format;
  }
  if (
    format === 'terraform' ||
    format === 'dockerfile' ||
    format === 'github-actions' ||
    format === 'gitlab-ci'
  ) {
    return format;
  }
  if (format === 'kubernetes') {
    return 'kubernetes';
  }
  if (/\.tf\.json$/.test(file.path)) {
    return 'terraform-json';
  }
  if (
    /^\s*["']?AWSTemplateFormatVersion|"AWSTemplateFormatVersion"|^\s*["']?Type["']?\s*:\s*["']?AWS::\w+::\w+/m.test(
      file.content,
    ) &&
    /\.(?:json|ya?ml|template)$/.test(file.path)
  ) {
    return 'cloudformation';
  }
  if (
    /\.json$/.test(file.path) &&
    /"(?:resource_changes|planned_values)"\s*:/.test(file.content)
  ) {
    return 'terraform-plan';
  }
  if (
    /\.json$/.test(file.path) &&
    /"apiVersion"\s*:/.test(file.content) &&
    /"kind"\s*:/.test(file.content)
  ) {
    return 'kubernetes';
  }
  return undefined;
}

function readOne(
  type: DocumentType,
  file: SourceFile,
  parameters: ValueObject,
): Documents {
  const { path, content } = file;
  switch (type) {
    case 'kubernetes':
      return readKubernetes(content, path);
    case 'cloudformation':
      return readCloudFormation(content, path, parameters);
    case 'dockerfile':
      return readDockerfile(content, path);
    case 'terraform-plan': {
      const plan = readJson(content);
      return plan === undefined
        ? {
            resources: [],
            unchecked: [{ file: path, reason: 'The plan is no JSON' }],
          }
        : readTerraformPlan(plan, path);
    }
    case 'terraform-json':
      return {
        resources: [],
        unchecked: [
          { file: path, reason: 'Terraform in JSON syntax is not read' },
        ],
      };
    case 'helm-template':
      return {
        resources: [],
        unchecked: [
          { file: path, reason: 'The template of a chart: render it first' },
        ],
      };
    case 'github-actions':
    case 'gitlab-ci':
      return readPipeline(type, file);
    default:
      return NOTHING;
  }
}

function asFile({ path, content }: SourceFile): Resource {
  return {
    platform: 'file',
    type: 'file',
    name: path,
    address: path,
    names: [],
    attributes: { content },
    file: path,
    line: 1,
    lineOf: () => 1,
  };
}

function guarded(file: string, read: () => Documents): Documents {
  try {
    return read();
  } catch (error) {
    // A reader that fails must never pass for a file without findings.
    const reason =
      error instanceof RangeError
        ? 'The file is nested too deep'
        : `The file cannot be read: ${
            error instanceof Error ? error.message : String(error)
          }`;
    return { resources: [], unchecked: [{ file, reason }] };
  }
}

/** Reads files by their types. Terraform is read as one tree, so that modules and variables find each other. */
export function readDocuments(
  files: readonly {
    readonly file: SourceFile;
    readonly type: DocumentType | undefined;
  }[],
  parameters: ValueObject,
): Documents {
  const resources: Resource[] = files.map(({ file }) => asFile(file));
  const unchecked: Unchecked[] = [];
  const add = (documents: Documents) => {
    resources.push(...documents.resources);
    unchecked.push(...documents.unchecked);
  };
  const terraform = files
    .filter(({ type }) => type === 'terraform')
    .map(({ file }) => file);
  if (terraform.length > 0) {
    add(guarded(terraform[0].path, () => readTerraform(terraform)));
  }
  for (const { file, type } of files) {
    if (type !== undefined && type !== 'terraform') {
      add(guarded(file.path, () => readOne(type, file, parameters)));
    }
  }
  return { resources, unchecked };
}
