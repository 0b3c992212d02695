import type { HclAttribute, HclBlock, HclBody } from './ast';
import { HclReader } from './HclReader';
import { readExpression } from './readExpression';
import { readQuoted } from './readTemplate';

function readLabels(reader: HclReader): string[] {
  const labels: string[] = [];
  for (;;) {
    reader.skip(false);
    if (reader.sees('"')) {
      const label = readQuoted(reader, readExpression);
      if (label.kind !== 'literal') {
        reader.fail('The label of a block must be plain text');
      }
      labels.push(String(label.kind === 'literal' ? label.value : ''));
    } else {
      const name = reader.identifier();
      if (name === undefined) {
        return labels;
      }
      labels.push(name);
    }
  }
}

function expectLineEnd(reader: HclReader): void {
  reader.skip(false);
  if (!reader.atEnd && !reader.sees('\n') && !reader.sees('}')) {
    reader.fail('Expected the end of the line');
  }
}

function readBody(reader: HclReader, nested: boolean): HclBody {
  const attributes: HclAttribute[] = [];
  const blocks: HclBlock[] = [];
  for (;;) {
    reader.skip(true);
    if (nested ? reader.sees('}') : reader.atEnd) {
      return { attributes, blocks };
    }
    const { line } = reader;
    const name = reader.identifier();
    if (name === undefined) {
      return reader.fail('Expected an argument or a block');
    }
    reader.skip(false);
    if (reader.sees('=') && !reader.sees('==')) {
      reader.at += 1;
      reader.skip(false);
      if (attributes.some(attribute => attribute.name === name)) {
        reader.fail(`The argument ${name} is given twice`);
      }
      attributes.push({ name, value: readExpression(reader), line });
      expectLineEnd(reader);
    } else {
      const labels = readLabels(reader);
      reader.expect('{', `after ${name}`);
      const body = reader.nested(() => readBody(reader, true));
      const endLine = reader.line;
      reader.expect('}', `at the end of ${name}`);
      expectLineEnd(reader);
      blocks.push({ type: name, labels, body, line, endLine });
    }
  }
}

/** Parses a file of HCL with the lines of its parts. Throws `HclSyntaxError` where HashiCorp's parser would refuse. */
export function parseHcl(text: string): HclBody {
  return readBody(new HclReader(text), false);
}
