'use strict';

/** Numbers that look random and are the same for one seed (a 32-bit xorshift). */
class Dice {
  #state;

  constructor(seed) {
    this.#state = (seed * 2654435761) >>> 0 || 1;
    for (let i = 0; i < 8; i++) this.below(2);
  }

  below(end) {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x >>> 0;
    return this.#state % end;
  }

  pick(items) {
    return items[this.below(items.length)];
  }

  chance(percent) {
    return this.below(100) < percent;
  }

  times(from, to, work) {
    const count = from + this.below(to - from + 1);
    return Array.from({ length: count }, (_, index) => work(index));
  }
}

const NAMES = ['a', 'b', 'c', 'd'];
const TEXTS = ['', 'a', 'b', 'ab', 'B', 'x/y', 'é', '10'];
const OLD_IMPORTS = ['in', 'every', 'if', 'contains']
  .map(word => `import future.keywords.${word}`)
  .join('\n');
const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='];

/** A random JSON value. */
function randomJson(dice, depth = 3) {
  const kind = dice.below(depth > 0 ? 8 : 5);
  switch (kind) {
    case 0:
      return dice.below(12) - 3;
    case 1:
      return dice.pick(TEXTS);
    case 2:
      return dice.chance(60);
    case 3:
      return dice.pick([null, 0.5, -1.25, 100, 2.5]);
    case 4:
      return dice.below(4);
    case 5:
    case 6:
      return dice.times(0, 4, () => randomJson(dice, depth - 1));
    default:
      return Object.fromEntries(
        dice.times(0, 3, () => [dice.pick(NAMES), randomJson(dice, depth - 1)]),
      );
  }
}

/** A function whose value has any type for OPA, which otherwise refuses what its types cannot match. */
const ID = 'id(x) := x';

/** Writes random rules that mostly compile: what is used is bound, and rules use only those before them. */
class PolicyWriter {
  #dice;
  #version;
  #count = 0;
  #rules = [];
  #functions = [];
  #negated = false;

  constructor(dice, version) {
    this.#dice = dice;
    this.#version = version;
  }

  module() {
    const head =
      this.#version === 'v0'
        ? `package fuzz\n\n${OLD_IMPORTS}\n`
        : 'package fuzz\n';
    const rules = this.#dice.times(2, 6, () => this.#rule());
    return [head, ID, ...rules, ''].join('\n\n');
  }

  #fresh(prefix) {
    this.#count += 1;
    return `${prefix}${this.#count}`;
  }

  #rule() {
    const name = this.#fresh('r');
    const kind = this.#dice.below(6);
    const known = [];
    const body = (vars = known) => `{\n${this.#body(vars, 3)}\n}`;
    let text;
    switch (kind) {
      case 0: {
        const first = body();
        text = `${name} contains ${this.#term(known, 1)} if ${first}`;
        break;
      }
      case 1: {
        const first = body();
        const key = this.#dice.chance(70)
          ? this.#scalarOrVar(known)
          : this.#term(known, 1);
        text = `${name}[${key}] := ${this.#term(known, 1)} if ${first}`;
        break;
      }
      case 2: {
        const operand = this.#fresh('o');
        const inside = [operand];
        const first = body(inside);
        const value = this.#term(inside, 1);
        text = `${name}(${operand}) := ${value} if ${first}`;
        if (this.#dice.chance(30)) {
          text += ` else := ${this.#term([operand], 1)}`;
        }
        if (this.#dice.chance(30)) {
          text = `default ${name}(_) := ${this.#literal(1)}\n\n${text}`;
        }
        this.#functions.push(name);
        return text;
      }
      case 3:
        text = `default ${name} := ${this.#literal(
          1,
        )}\n\n${name} := ${this.#literal(1)} if ${body()}`;
        break;
      case 4: {
        const first = body();
        const value = this.#term(known, 2);
        const others = [];
        text = `${name} := ${value} if ${first} else := ${this.#literal(
          1,
        )} if ${body(others)}`;
        break;
      }
      default:
        text = `${name} if ${body()}`;
    }
    this.#rules.push(name);
    return text;
  }

  /** Lines; `known` grows by the variables that they bind. */
  #body(known, most) {
    return this.#dice
      .times(1, most, () => `\t${this.#line(known, 2)}`)
      .join('\n');
  }

  #line(known, depth) {
    const dice = this.#dice;
    switch (dice.below(13)) {
      case 0:
      case 1: {
        const term = this.#term(known, depth);
        const name = this.#fresh('v');
        known.push(name);
        return `${name} := id(${term})`;
      }
      case 2:
      case 3: {
        const domain = this.#collection(known, depth);
        const value = this.#fresh('v');
        if (dice.chance(50)) {
          known.push(value);
          return `some ${value} in ${domain}`;
        }
        const key = this.#fresh('k');
        known.push(key, value);
        return `some ${key}, ${value} in ${domain}`;
      }
      case 4:
        return `not ${this.#negation(known, depth)}`;
      case 5: {
        const domain = this.#collection(known, depth);
        const value = this.#fresh('e');
        const inner = this.#condition([...known, value], depth - 1);
        const condition = inner.includes(value)
          ? inner
          : `${value} != ${this.#literal(0)}`;
        return `every ${value} in ${domain} { ${condition} }`;
      }
      case 6: {
        const name = this.#fresh('i');
        const from = this.#ref(known);
        known.push(name);
        return `input.${dice.pick(NAMES)}[${name}] == ${from}`;
      }
      case 7:
        return `${this.#condition(known, depth)} with input.${dice.pick(
          NAMES,
        )} as ${this.#literal(1)}`;
      case 8: {
        const name = this.#fresh('v');
        const term = this.#term(known, depth);
        known.push(name);
        return `[${name}, ${dice.pick([
          '_',
          this.#literal(0),
        ])}] = id([${term}, ${
          dice.chance(50) ? this.#scalarOrVar(known.slice(0, -1)) : 1
        }])`;
      }
      default:
        return this.#condition(known, depth);
    }
  }

  #condition(known, depth) {
    const dice = this.#dice;
    switch (dice.below(6)) {
      case 0:
      case 1:
        return `${this.#ref(known)} ${dice.pick(COMPARISONS)} ${this.#term(
          known,
          depth - 1,
        )}`;
      case 2:
        return this.#ref(known);
      case 3:
        return `${this.#operand(known, depth - 1)} in ${this.#collection(
          known,
          depth - 1,
        )}`;
      case 4:
        return `count(${this.#collection(known, depth - 1)}) ${dice.pick(
          COMPARISONS,
        )} ${dice.below(4)}`;
      default:
        return dice.pick([
          () => `is_string(${this.#ref(known)})`,
          () => `is_number(${this.#ref(known)})`,
          () => `startswith(${this.#ref(known)}, ${this.#text()})`,
          () => `contains(${this.#ref(known)}, ${this.#text()})`,
          () => `regex.match(\`^[a-b]+$\`, ${this.#ref(known)})`,
          () => `glob.match("a*", [], ${this.#ref(known)})`,
        ])();
    }
  }

  /** A condition without `_`, which a negation would have to bind. */
  #negation(known, depth) {
    const before = this.#negated;
    this.#negated = true;
    const text = this.#condition(known, depth);
    this.#negated = before;
    return text;
  }

  /** A term that may begin a line: a sign would be read as that of the line before. */
  #operand(known, depth) {
    const term = this.#term(known, depth);
    return term.startsWith('-') ? '0' : term;
  }

  #text() {
    return JSON.stringify(this.#dice.pick(TEXTS));
  }

  #ref(known) {
    const dice = this.#dice;
    const roots = ['input', 'input', ...this.#rules.slice(-3), ...known];
    const root = dice.pick(roots);
    let ref = `id(${root})`;
    if (root === 'input') ref = `input.${dice.pick(NAMES)}`;
    else if (known.includes(root)) ref = root;
    const parts = dice.below(root === 'input' ? 3 : 2);
    for (let i = 0; i < parts; i++) {
      const kind = dice.below(10);
      if (kind < 6) ref += `.${dice.pick(NAMES)}`;
      else if (kind < 8) ref += `[${dice.below(3)}]`;
      else if (kind === 8) ref += `[${this.#scalarOrVar(known)}]`;
      else ref += this.#negated ? '[0]' : '[_]';
    }
    return ref;
  }

  #scalarOrVar(known) {
    return known.length > 0 && this.#dice.chance(60)
      ? this.#dice.pick(known)
      : this.#literal(0);
  }

  #literal(depth) {
    const dice = this.#dice;
    if (depth > 0 && dice.chance(20)) {
      const items = dice.times(1, 3, () => this.#literal(depth - 1));
      return `{${items.join(', ')}}`;
    }
    return JSON.stringify(randomJson(dice, depth));
  }

  #collection(known, depth) {
    const dice = this.#dice;
    switch (dice.below(depth > 0 ? 6 : 4)) {
      case 0:
        return `input.${dice.pick(NAMES)}`;
      case 1:
      case 2:
        return this.#ref(known);
      case 3:
        return `id([${dice
          .times(1, 3, () => this.#scalarOrVar(known))
          .join(', ')}])`;
      default:
        return `id(${this.#comprehension(known, depth - 1)})`;
    }
  }

  #comprehension(known, depth) {
    const inside = [...known];
    const lines = this.#dice
      .times(1, 2, () => this.#line(inside, depth))
      .join('; ');
    const head = this.#term(inside, 0);
    switch (this.#dice.below(3)) {
      case 0:
        return `[${head} | ${lines}]`;
      case 1:
        return `{${head} | ${lines}}`;
      default:
        return `{${this.#scalarOrVar(inside)}: ${head} | ${lines}}`;
    }
  }

  #term(known, depth) {
    const dice = this.#dice;
    switch (dice.below(depth > 0 ? 9 : 3)) {
      case 0:
        return this.#literal(depth > 0 ? 1 : 0);
      case 1:
        return this.#ref(known);
      case 2:
        return this.#scalarOrVar(known);
      case 3:
        return this.#comprehension(known, depth - 1);
      case 4:
        return `[${this.#term(known, depth - 1)}, ${this.#ref(known)}]`;
      case 5:
        return `{"k": ${this.#term(known, depth - 1)}}`;
      case 6:
        return this.#functions.length > 0
          ? `${dice.pick(this.#functions)}(${this.#term(known, depth - 1)})`
          : this.#ref(known);
      case 7:
        return `${this.#ref(known)} ${dice.pick([
          '+',
          '-',
          '*',
          '/',
          '%',
        ])} ${dice.pick([this.#ref(known), '2', '3', '0'])}`;
      default:
        return this.#call(known, depth);
    }
  }

  #call(known, depth) {
    const ref = () => this.#ref(known);
    const collection = () => this.#collection(known, depth - 1);
    return this.#dice.pick([
      () => `count(${collection()})`,
      () => `sum(${collection()})`,
      () => `max(${collection()})`,
      () => `sort(${collection()})`,
      () => `object.get(${ref()}, ${this.#text()}, ${this.#literal(0)})`,
      () => `object.keys(${ref()})`,
      () => `object.union(${ref()}, ${ref()})`,
      () => `array.concat(${ref()}, ${ref()})`,
      () => `array.slice(${ref()}, 0, 2)`,
      () => `concat(",", ${collection()})`,
      () => `split(${ref()}, ${this.#text()})`,
      () => `upper(${ref()})`,
      () => `sprintf("%v %s %d", [${ref()}, ${ref()}, ${ref()}])`,
      () => `to_number(${ref()})`,
      () => `json.marshal(${ref()})`,
      () => `type_name(${ref()})`,
      () => `substring(${ref()}, 0, 1)`,
      () => `replace(${ref()}, "a", ${this.#text()})`,
      () => `trim(${ref()}, "a")`,
      () => `indexof(${ref()}, "b")`,
      () => `format_int(${ref()}, 10)`,
      () => `round(${ref()})`,
      () => `numbers.range(0, ${ref()})`,
      () => `{${this.#literal(0)}, ${this.#literal(0)}} | {1, "a"}`,
      () => `json.filter(${ref()}, ["a/b", "c"])`,
      () => `json.remove(${ref()}, ["a", "b/a"])`,
      () => `base64.encode(${ref()})`,
      () => `[[p, q] | walk(${ref()}, [p, q])]`,
    ])();
  }
}

/** A policy and inputs for it, the same for one seed. */
function randomQuestion(seed, inputs) {
  const dice = new Dice(seed);
  const version = dice.chance(20) ? 'v0' : 'v1';
  const module = new PolicyWriter(dice, version).module();
  return {
    modules: [module],
    version,
    query: 'data.fuzz = x',
    strict: dice.chance(5),
    data: {},
    inputs: Array.from({ length: inputs }, () =>
      Object.fromEntries(NAMES.map(name => [name, randomJson(dice)])),
    ),
  };
}

module.exports = { randomQuestion };
