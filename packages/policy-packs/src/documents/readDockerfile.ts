import {
  type Copy,
  DockerfileParser,
  type From,
  type Instruction,
} from 'dockerfile-ast';
import type { Documents, PathStep } from './Resource';
import type { Value, ValueObject } from './Value';
import { Unknown } from './Value';

function isFrom(instruction: Instruction): instruction is From {
  return instruction.getKeyword() === 'FROM';
}

/** Puts the defaults of `ARG` before the first `FROM` in place of their names. */
function resolveArguments(
  text: string,
  args: ReadonlyMap<string, string>,
): string {
  return text.replace(
    /\$\{(\w+)(?::-([^}]*))?\}|\$(\w+)/g,
    (all, braced?: string, preset?: string, bare?: string) =>
      args.get(braced ?? bare ?? '') ?? preset ?? all,
  );
}

function imageOf(from: From, args: ReadonlyMap<string, string>): ValueObject {
  const written = from.getImage() ?? '';
  const image = resolveArguments(written, args);
  return {
    image: image.includes('$') ? new Unknown(written, [], true) : image,
    alias: from.getBuildStage() ?? '',
  };
}

function toValue(instruction: Instruction): ValueObject {
  const flags =
    'getFlags' in instruction ? (instruction as Copy).getFlags() : [];
  return {
    keyword: instruction.getKeyword(),
    // As written, with lines that are continued put together.
    text: (instruction.getRawArgumentsContent() ?? '').replace(/\\\r?\n/g, ' '),
    args: instruction.getArguments().map(argument => argument.getValue()),
    flags: Object.fromEntries(
      flags.map((flag): [string, Value] => [
        flag.getName(),
        flag.getValue() ?? '',
      ]),
    ),
    line: instruction.getRange().start.line + 1,
  };
}

/** Reads a Dockerfile as one resource: its stages, each with its image and its instructions. */
export function readDockerfile(content: string, file: string): Documents {
  const parsed = DockerfileParser.parse(content);
  const args = new Map<string, string>();
  const stages: { from: ValueObject; line: number; instructions: Value[] }[] =
    [];
  for (const instruction of parsed.getInstructions()) {
    if (isFrom(instruction)) {
      const line = instruction.getRange().start.line + 1;
      stages.push({ from: imageOf(instruction, args), line, instructions: [] });
    } else if (stages.length === 0 && instruction.getKeyword() === 'ARG') {
      const [name, ...preset] = (instruction.getArgumentsContent() ?? '').split(
        '=',
      );
      if (preset.length > 0) {
        args.set(name, preset.join('=').replace(/^["']|["']$/g, ''));
      }
    } else {
      stages.at(-1)?.instructions.push(toValue(instruction));
    }
  }
  if (stages.length === 0) {
    return {
      resources: [],
      unchecked: [{ file, reason: 'The Dockerfile has no FROM' }],
    };
  }
  const lineOf = (path: readonly PathStep[]) =>
    stages[Number(path[1])]?.line ?? stages[0].line;
  return {
    resources: [
      {
        platform: 'dockerfile',
        type: 'Dockerfile',
        name: file,
        address: file,
        names: [],
        attributes: { stages: stages.map(stage => ({ ...stage })) },
        file,
        line: 1,
        lineOf,
      },
    ],
    unchecked: [],
  };
}
