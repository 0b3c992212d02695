import path from 'node:path';

const npmLeftovers = [
  /^npm_lifecycle_/,
  /^npm_package_/,
  /^npm_command$/,
  /^npm_execpath$/,
  /^npm_node_execpath$/,
  /^npm_config_(local_|global_)?prefix$/,
  /^npm_config_workspaces?$/,
  /^npm_config_include_workspace_root$/,
  /^INIT_CWD$/,
  /^NODE$/,
];

/**
 * The environment of the programs we start: the given Node first on PATH, and
 * none of what the surrounding `npm run` set for itself, which would send an
 * inner npm or Yarn to the wrong folder.
 */
export function childEnvironment(node, extra = {}) {
  const environment = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (!npmLeftovers.some(pattern => pattern.test(name))) {
      environment[name] = value;
    }
  }
  const pathName =
    Object.keys(environment).find(name => name.toUpperCase() === 'PATH') ??
    'PATH';
  environment[pathName] = [path.dirname(node), environment[pathName]]
    .filter(Boolean)
    .join(path.delimiter);
  return { ...environment, ...extra };
}
