import type { HclBlock, HclBody } from '../../hcl/ast';
import { evaluateExpression, withNames } from '../../hcl/evaluateExpression';
import type { HclScope } from '../../hcl/evaluateExpression';
import type { PathStep } from '../Resource';
import { Unknown, isList, isObject } from '../Value';
import type { Value, ValueObject } from '../Value';

/** The attributes of a block, and the line of each path in it. */
export interface BlockAttributes {
  readonly attributes: ValueObject;
  readonly lines: ReadonlyMap<string, number>;
}

const MAX_DYNAMIC_BLOCKS = 200;

/** A path as the key of a map of lines. */
export function pathKey(path: readonly PathStep[]): string {
  return path.join('\u0000');
}

function iterationsOf(over: Value): readonly [Value, Value][] | undefined {
  if (isList(over)) {
    return over.map((value): [Value, Value] => [value, value]);
  }
  return isObject(over) ? Object.entries(over) : undefined;
}

class BlockReader {
  readonly lines = new Map<string, number>();

  read(body: HclBody, scope: HclScope, path: readonly PathStep[]): ValueObject {
    const attributes: Record<string, Value> = {};
    for (const { name, value, line } of body.attributes) {
      this.lines.set(pathKey([...path, name]), line);
      attributes[name] = evaluateExpression(value, scope);
      if (value.kind === 'object') {
        for (const item of value.items) {
          if (item.key.kind === 'literal' || item.key.kind === 'variable') {
            const key =
              item.key.kind === 'literal' ? item.key.value : item.key.name;
            this.lines.set(
              pathKey([...path, name, String(key)]),
              item.key.line,
            );
          }
        }
      }
    }
    for (const block of body.blocks) {
      this.addBlock(attributes, block, scope, path);
    }
    return attributes;
  }

  private addBlock(
    attributes: Record<string, Value>,
    block: HclBlock,
    scope: HclScope,
    path: readonly PathStep[],
  ): void {
    const dynamic = block.type === 'dynamic' && block.labels.length === 1;
    const name = dynamic ? block.labels[0] : block.type;
    const before = attributes[name];
    if (before instanceof Unknown) {
      return;
    }
    const siblings = isList(before) ? before : [];
    const bodies = dynamic
      ? this.dynamicBodies(block, scope)
      : [{ body: block.body, scope }];
    if (bodies instanceof Unknown) {
      attributes[name] = bodies;
      return;
    }
    attributes[name] = [
      ...siblings,
      ...bodies.map((one, index) => {
        const inner = [...path, name, siblings.length + index];
        this.lines.set(pathKey([...path, name]), block.line);
        this.lines.set(pathKey(inner), block.line);
        return this.read(one.body, one.scope, inner);
      }),
    ];
  }

  private dynamicBodies(block: HclBlock, scope: HclScope) {
    const forEach = block.body.attributes.find(
      ({ name }) => name === 'for_each',
    );
    const content = block.body.blocks.find(({ type }) => type === 'content');
    const iterator = block.body.attributes.find(
      ({ name }) => name === 'iterator',
    );
    if (forEach === undefined || content === undefined) {
      return [];
    }
    const name =
      iterator?.value.kind === 'variable'
        ? iterator.value.name
        : block.labels[0];
    const over = evaluateExpression(forEach.value, scope);
    const iterations = iterationsOf(over);
    if (iterations === undefined || iterations.length > MAX_DYNAMIC_BLOCKS) {
      return over instanceof Unknown ? over : new Unknown('dynamic');
    }
    return iterations.map(([key, value]) => ({
      body: content.body,
      scope: withNames(scope, [name], [{ key, value }]),
    }));
  }
}

/** Works out the attributes of a block as a plan would show them: nested blocks are lists of objects. */
export function blockAttributes(
  body: HclBody,
  scope: HclScope,
): BlockAttributes {
  const reader = new BlockReader();
  const attributes = reader.read(body, scope, []);
  return { attributes, lines: reader.lines };
}
