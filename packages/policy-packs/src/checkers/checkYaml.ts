import type { Checker } from '../FileCheck';
import { parseYamlSource } from '../yaml/YamlSource';

/** Parses every document of a YAML file and refuses duplicate keys. */
export const checkYaml: Checker = async ({ content }) => ({
  violations: parseYamlSource(content, 'yaml').violations,
});
