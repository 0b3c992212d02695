import type { HclBlock, HclExpression } from '../../hcl/ast';
import { evaluateExpression, withNames } from '../../hcl/evaluateExpression';
import type { HclScope } from '../../hcl/evaluateExpression';
import type { PathStep, Resource, Unchecked } from '../Resource';
import { Unknown, entriesOf } from '../Value';
import type { Value, ValueObject } from '../Value';
import { blockAttributes, pathKey } from './blockAttributes';
import { folderOf } from './TerraformTree';
import type { SourceBlock, TerraformTree } from './TerraformTree';

const MAX_INSTANCES = 100;
const MAX_MODULE_DEPTH = 12;
const LOCAL_SOURCE = /^\.{1,2}\//;

interface Instance {
  readonly key: string;
  readonly scope: HclScope;
}

/** One call of a module: its inputs, and the resources that it makes. */
export class TerraformModule implements HclScope {
  private readonly locals = new Map<string, HclExpression>();
  private readonly variables = new Map<string, HclExpression | undefined>();
  private readonly known = new Map<string, Value>();
  private readonly open = new Set<string>();
  private readonly calls = new Map<string, TerraformModule>();
  readonly unchecked: Unchecked[] = [];

  constructor(
    private readonly tree: TerraformTree,
    private readonly folder: string,
    private readonly inputs: ValueObject,
    private readonly prefix = '',
    private readonly callers: readonly string[] = [],
  ) {
    for (const { block } of this.blocks) {
      if (block.type === 'locals') {
        block.body.attributes.forEach(({ name, value }) =>
          this.locals.set(name, value),
        );
      }
      if (block.type === 'variable') {
        const preset = block.body.attributes.find(
          ({ name }) => name === 'default',
        );
        this.variables.set(block.labels[0], preset?.value);
      }
    }
  }

  private get blocks(): readonly SourceBlock[] {
    return this.tree.get(this.folder) ?? [];
  }

  resolve(path: readonly string[]) {
    const [root, name] = path;
    if (name === undefined) {
      return undefined;
    }
    if (
      root === 'var' &&
      (this.variables.has(name) || Object.hasOwn(this.inputs, name))
    ) {
      return { value: this.variable(name), length: 2 };
    }
    if (root === 'local' && this.locals.has(name)) {
      return { value: this.local(name), length: 2 };
    }
    const output = path[2];
    if (root === 'module' && output !== undefined && this.calls.has(name)) {
      return {
        value:
          this.calls.get(name)?.output(output) ?? new Unknown(path.join('.')),
        length: 3,
      };
    }
    return undefined;
  }

  private once(key: string, work: () => Value): Value {
    const known = this.known.get(key);
    if (known !== undefined) {
      return known;
    }
    if (this.open.has(key)) {
      return new Unknown(`${key} refers to itself`);
    }
    this.open.add(key);
    const value = work();
    this.open.delete(key);
    this.known.set(key, value);
    return value;
  }

  private variable(name: string): Value {
    if (Object.hasOwn(this.inputs, name)) {
      return this.inputs[name];
    }
    const preset = this.variables.get(name);
    // A variable without a default has to be given, so that it is set, to something.
    return preset === undefined
      ? new Unknown(`var.${name}`, [`var.${name}`], true)
      : this.once(`var.${name}`, () => evaluateExpression(preset, this));
  }

  private local(name: string): Value {
    const expression = this.locals.get(name);
    return expression === undefined
      ? new Unknown(`local.${name}`)
      : this.once(`local.${name}`, () => evaluateExpression(expression, this));
  }

  private output(name: string): Value {
    const found = this.blocks.find(
      ({ block }) => block.type === 'output' && block.labels[0] === name,
    );
    const value = found?.block.body.attributes.find(
      attribute => attribute.name === 'value',
    );
    return value === undefined
      ? new Unknown(`output.${name}`)
      : this.once(`output.${name}`, () =>
          evaluateExpression(value.value, this),
        );
  }

  /** The copies that `count` and `for_each` make of a block. Where their number is unknown, one stands for all. */
  private instances(block: HclBlock): readonly Instance[] {
    const attribute = (wanted: string) =>
      block.body.attributes.find(({ name }) => name === wanted)?.value;
    const count = attribute('count');
    const forEach = attribute('for_each');
    if (count !== undefined) {
      const times = evaluateExpression(count, this);
      if (times instanceof Unknown || !Number.isFinite(Number(times))) {
        return [
          {
            key: '',
            scope: withNames(
              this,
              ['count'],
              [{ index: new Unknown('count.index') }],
            ),
          },
        ];
      }
      return Array.from(
        { length: Math.min(Number(times), MAX_INSTANCES) },
        (_item, index) => ({
          key: `[${index}]`,
          scope: withNames(this, ['count'], [{ index }]),
        }),
      );
    }
    if (forEach === undefined) {
      return [{ key: '', scope: this }];
    }
    const over = evaluateExpression(forEach, this);
    const entries = entriesOf(over, item => item);
    if (entries === undefined) {
      const each = {
        key: new Unknown('each.key', [], true),
        value: new Unknown('each.value', [], true),
      };
      return [{ key: '', scope: withNames(this, ['each'], [each]) }];
    }
    return entries.slice(0, MAX_INSTANCES).map(([key, value]) => ({
      key: `["${String(key)}"]`,
      scope: withNames(this, ['each'], [{ key, value }]),
    }));
  }

  private toResource(
    { block, file }: SourceBlock,
    type: string,
    name: string,
    { key, scope }: Instance,
  ): Resource {
    const { attributes, lines } = blockAttributes(block.body, scope);
    const plain =
      type === block.type
        ? [type, name].filter(Boolean).join('.')
        : `${type}.${name}`;
    return {
      platform: 'terraform',
      type,
      name,
      address: `${this.prefix}${plain}${key}`,
      names: [plain],
      attributes,
      file,
      line: block.line,
      lineOf: (path: readonly PathStep[]) => {
        for (let length = path.length; length > 0; length -= 1) {
          const line = lines.get(pathKey(path.slice(0, length)));
          if (line !== undefined) {
            return line;
          }
        }
        return block.line;
      },
    };
  }

  private callModule(source: SourceBlock): Resource[] {
    const { block, file } = source;
    const place = { file, line: block.line };
    const name = block.labels[0];
    return this.instances(block).flatMap(({ key, scope }) => {
      const { attributes } = blockAttributes(block.body, scope);
      const from = attributes.source;
      const folder =
        typeof from === 'string' && LOCAL_SOURCE.test(from)
          ? folderOf(this.folder, from)
          : undefined;
      if (folder === undefined || !this.tree.has(folder)) {
        this.unchecked.push({
          ...place,
          reason: `The module ${name} is not among the files`,
        });
        return [this.toResource(source, 'module', name, { key, scope })];
      }
      if (
        this.callers.includes(folder) ||
        folder === this.folder ||
        this.callers.length > MAX_MODULE_DEPTH
      ) {
        this.unchecked.push({
          ...place,
          reason: `The module ${name} calls itself`,
        });
        return [];
      }
      const child = new TerraformModule(
        this.tree,
        folder,
        attributes,
        `${this.prefix}module.${name}${key}.`,
        [...this.callers, this.folder],
      );
      this.calls.set(name, child);
      const made = child.resources();
      this.unchecked.push(...child.unchecked);
      return made;
    });
  }

  /** Every resource, data source, provider and module that this call makes, those of the modules below included. */
  resources(): Resource[] {
    // Modules first: resources beside them may read their outputs.
    const below = this.blocks
      .filter(
        ({ block }) => block.type === 'module' && block.labels.length === 1,
      )
      .flatMap(source => this.callModule(source));
    const own = this.blocks.flatMap(source => {
      const { block } = source;
      if (block.type === 'resource' && block.labels.length === 2) {
        return this.instances(block).map(instance =>
          this.toResource(source, block.labels[0], block.labels[1], instance),
        );
      }
      if (block.type === 'data' && block.labels.length === 2) {
        return this.instances(block).map(instance =>
          this.toResource(
            source,
            `data.${block.labels[0]}`,
            block.labels[1],
            instance,
          ),
        );
      }
      return ['provider', 'variable', 'terraform', 'output'].includes(
        block.type,
      )
        ? [
            this.toResource(source, block.type, block.labels[0] ?? '', {
              key: '',
              scope: this,
            }),
          ]
        : [];
    });
    return [...own, ...below];
  }
}
