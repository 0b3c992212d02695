import type * as DockerfileAst from 'dockerfile-ast';
import type * as DockerfileUtils from 'dockerfile-utils';
import type { Checker, FileViolation } from '../FileCheck';
import { lazyRequire } from '../lazyRequire';

const ERROR = 1;

function lint(content: string): FileViolation[] {
  const { validate } = lazyRequire<typeof DockerfileUtils>('dockerfile-utils');
  return validate(content).map(diagnostic => ({
    rule: 'dockerfile/lint',
    severity: diagnostic.severity === ERROR ? 'high' : 'medium',
    message:
      typeof diagnostic.message === 'string'
        ? diagnostic.message
        : diagnostic.message.value,
    line: diagnostic.range.start.line + 1,
  }));
}

function isPinned(image: string): boolean {
  return (
    image === 'scratch' ||
    image.includes('$') ||
    /@sha256:[0-9a-f]{64}$/.test(image) ||
    (/:[\w.-]+$/.test(image) && !image.endsWith(':latest'))
  );
}

function baseImageViolations(
  dockerfile: DockerfileAst.Dockerfile,
): FileViolation[] {
  const stages = new Set<string>();
  const violations: FileViolation[] = [];
  for (const from of dockerfile.getFROMs()) {
    const image = from.getImage() ?? '';
    if (image !== '' && !stages.has(image) && !isPinned(image)) {
      violations.push({
        rule: 'dockerfile/unpinned-image',
        severity: 'medium',
        message: `The base image '${image}' has no fixed version`,
        line: from.getRange().start.line + 1,
        remedy: `Name a version, for example '${
          image.split(':')[0]
        }:<version>'`,
      });
    }
    stages.add(from.getBuildStage() ?? '');
  }
  return violations;
}

function userViolations(dockerfile: DockerfileAst.Dockerfile): FileViolation[] {
  const instructions = dockerfile.getInstructions();
  const lastFrom = instructions
    .map(instruction => instruction.getKeyword())
    .lastIndexOf('FROM');
  if (lastFrom < 0) {
    return [];
  }
  const user = instructions
    .slice(lastFrom)
    .filter(instruction => instruction.getKeyword() === 'USER')
    .at(-1);
  const name = user?.getArgumentsContent()?.trim().split(':')[0];
  if (name !== undefined && name !== 'root' && name !== '0') {
    return [];
  }
  return [
    {
      rule: 'dockerfile/root-user',
      severity: 'high',
      message: user
        ? `The image runs as '${name}'`
        : 'The last stage sets no user, so the image runs as root',
      line: (user ?? instructions[lastFrom]).getRange().start.line + 1,
      remedy: "End the last stage with 'USER' and an account other than root",
    },
  ];
}

/** Lints a Dockerfile as an editor would, and refuses images that run as root. */
export const checkDockerfile: Checker = async ({ content }) => {
  const { DockerfileParser } =
    lazyRequire<typeof DockerfileAst>('dockerfile-ast');
  const dockerfile = DockerfileParser.parse(content);
  return {
    violations: [
      ...lint(content),
      ...baseImageViolations(dockerfile),
      ...userViolations(dockerfile),
    ],
  };
};
