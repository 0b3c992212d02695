import type { Resource } from '../../documents/Resource';
import { Unknown, isList, isObject } from '../../documents/Value';
import type { Value } from '../../documents/Value';

/** An instruction of a Dockerfile. */
export interface DockerInstruction {
  readonly keyword: string;
  readonly text: string;
  readonly args: readonly string[];
  readonly flags: Readonly<Record<string, string>>;
  readonly line: number;
}

/** One `FROM` and what follows it. */
export interface DockerStage {
  /** Undefined where an argument without a default decides. */
  readonly image: string | undefined;
  readonly alias: string;
  readonly line: number;
  readonly instructions: readonly DockerInstruction[];
}

function toInstruction(value: Value): DockerInstruction[] {
  return isObject(value)
    ? [
        {
          keyword: String(value.keyword),
          text: String(value.text),
          args: isList(value.args) ? value.args.map(String) : [],
          flags: isObject(value.flags)
            ? Object.fromEntries(
                Object.entries(value.flags).map(([key, flag]) => [
                  key,
                  String(flag),
                ]),
              )
            : {},
          line: Number(value.line),
        },
      ]
    : [];
}

/** The stages of the Dockerfile that a resource is. */
export function stagesOf(resource: Resource): readonly DockerStage[] {
  const { stages } = resource.attributes;
  return (isList(stages) ? stages : []).filter(isObject).map(stage => {
    const from = isObject(stage.from) ? stage.from : {};
    return {
      image:
        from.image instanceof Unknown ? undefined : String(from.image ?? ''),
      alias: String(from.alias ?? ''),
      line: Number(stage.line),
      instructions: (isList(stage.instructions)
        ? stage.instructions
        : []
      ).flatMap(toInstruction),
    };
  });
}

/** The stages that the last one is made of, from the last one back to its base. */
export function finalChain(
  stages: readonly DockerStage[],
): readonly DockerStage[] {
  const chain: DockerStage[] = [];
  let current = stages.at(-1);
  while (current !== undefined && !chain.includes(current)) {
    chain.push(current);
    const { image }: DockerStage = current;
    const before = stages.slice(0, stages.indexOf(current));
    current = before.findLast(({ alias }) => alias !== '' && alias === image);
  }
  return chain;
}

/** The commands of a `RUN`, split where a shell would start another one. */
export function commandsOf({ text }: DockerInstruction): readonly string[] {
  return text
    .replace(/^\s*(?:\[\s*)?/, '')
    .split(/&&|\|\||[;|\n]/)
    .map(command => command.trim().replace(/^["']|["'],?$/g, ''))
    .filter(Boolean);
}
