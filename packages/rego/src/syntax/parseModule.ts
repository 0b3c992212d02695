import { RegoError } from '../RegoError';
import type { Body, Import, Module, Rule, Term } from './ast';
import { Parser } from './Parser';
import { readRules } from './readRules';

/** Which version of the language a text is in. `v0` files may ask for newer words with imports. */
export type RegoVersion = 'v0' | 'v1';

class ModuleReader {
  readonly #parser: Parser;
  #v1: boolean;

  constructor(parser: Parser, v1: boolean) {
    this.#parser = parser;
    this.#v1 = v1;
  }

  read(): Module {
    const { stream, file } = this.#parser;
    stream.expect('package', 'at the beginning of a policy');
    const name = this.#path(
      stream.token.newline ? undefined : this.#parser.term(),
      'package',
    );
    const imports: Import[] = [];
    while (stream.is('import') && !this.#parser.beginsRef)
      imports.push(this.#import());
    const rules: Rule[] = [];
    while (stream.token.type !== 'end') {
      if (stream.takeIf(';')) continue;
      if (stream.is('import') && !this.#parser.beginsRef)
        imports.push(this.#import());
      else rules.push(...readRules(this.#parser, this.#v1));
    }
    return { file, package: name, imports, rules, regoV1: this.#v1 };
  }

  #path(term: Term | undefined, what: string): string[] {
    const { stream } = this.#parser;
    if (term?.kind === 'var') return [term.name];
    if (term?.kind !== 'ref' || term.head.kind !== 'var') {
      return stream.fail(`${what} needs a path`);
    }
    return [
      term.head.name,
      ...term.path.map(each =>
        each.kind === 'scalar' && typeof each.value === 'string'
          ? each.value
          : stream.fail(`the path of ${what} is made of names`),
      ),
    ];
  }

  #import(): Import {
    const { stream, keywords } = this.#parser;
    const { at } = stream.take();
    const path = this.#path(this.#parser.term(), 'import');
    let alias: string | undefined;
    if (stream.takeIf('as')) alias = stream.take().text;
    if (path[0] === 'future' && path[1] === 'keywords') {
      const wanted = path[2];
      if (wanted === undefined)
        Parser.futureKeywords.forEach(each => keywords.add(each));
      else if ((Parser.futureKeywords as readonly string[]).includes(wanted)) {
        keywords.add(wanted);
        if (wanted === 'every') keywords.add('in');
      } else {
        throw new RegoError(
          'rego_parse_error',
          `unexpected keyword ${wanted}`,
          at,
        );
      }
    } else if (path[0] === 'rego' && path[1] === 'v1') {
      Parser.futureKeywords.forEach(each => keywords.add(each));
      this.#v1 = true;
    } else if (path[0] !== 'data' && path[0] !== 'input') {
      throw new RegoError(
        'rego_parse_error',
        'an import begins with data or input',
        at,
      );
    }
    return { path, alias, at };
  }
}

/** Reads one file. Throws `rego_parse_error` with the place. */
export function parseModule(
  text: string,
  file = 'policy.rego',
  version: RegoVersion = 'v1',
): Module {
  const parser = new Parser({
    text,
    file,
    keywords: version === 'v1' ? Parser.futureKeywords : [],
  });
  return new ModuleReader(parser, version === 'v1').read();
}

/** Reads a query: a body without a rule around it. */
export function parseQuery(
  text: string,
  version: RegoVersion = 'v1',
  file = 'query',
): Body {
  return new Parser({
    text,
    file,
    keywords: version === 'v1' ? Parser.futureKeywords : [],
  }).body(undefined);
}
