import {
  IntrinsicFunctions,
  NO_VALUE,
} from './cloudformation/IntrinsicFunctions';
import { readYamlDocuments } from './readYamlDocuments';
import type { Documents, Resource } from './Resource';
import { isObject } from './Value';
import type { Value } from './Value';

/** Reads a CloudFormation template, in YAML or JSON. Intrinsic functions are worked out as far as the text settles them. */
export function readCloudFormation(
  content: string,
  file: string,
  parameters: { readonly [name: string]: Value } = {},
): Documents {
  const { documents, unchecked } = readYamlDocuments(content, file);
  const [document] = documents;
  const template = document?.value;
  if (unchecked.length > 0) {
    return { resources: [], unchecked };
  }
  if (!isObject(template) || !isObject(template.Resources)) {
    return {
      resources: [],
      unchecked: [{ file, reason: 'The template has no Resources' }],
    };
  }
  const functions = new IntrinsicFunctions(template, parameters);
  const resources = Object.entries(template.Resources).flatMap(
    ([name, declared]): Resource[] => {
      if (!isObject(declared) || typeof declared.Type !== 'string') {
        return [];
      }
      if (
        typeof declared.Condition === 'string' &&
        functions.condition(declared.Condition) === false
      ) {
        return [];
      }
      const properties = functions.resolve(declared.Properties ?? {});
      return [
        {
          platform: 'cloudformation',
          type: declared.Type,
          name,
          address: name,
          names: [name],
          attributes:
            isObject(properties) && properties !== NO_VALUE ? properties : {},
          file,
          line: document.lineOf(['Resources', name]),
          lineOf: path =>
            document.lineOf(['Resources', name, 'Properties', ...path]),
        },
      ];
    },
  );
  const own: Resource[] = isObject(template.Parameters)
    ? Object.entries(template.Parameters).flatMap(([name, declared]) =>
        isObject(declared)
          ? [
              {
                platform: 'cloudformation' as const,
                type: 'Parameter',
                name,
                address: `Parameters.${name}`,
                names: [name],
                attributes: declared,
                file,
                line: document.lineOf(['Parameters', name]),
                lineOf: path => document.lineOf(['Parameters', name, ...path]),
              },
            ]
          : [],
      )
    : [];
  return { resources: [...resources, ...own], unchecked: [] };
}
