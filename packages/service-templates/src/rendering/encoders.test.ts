import { spawnSync } from 'child_process';
import { runInNewContext } from 'vm';
import fc from 'fast-check';
import { ModuleKind, transpileModule } from 'typescript';
import { parse } from 'yaml';
import { evaluate, hasTerraform } from '../__testUtils__/terraform';
import * as encoders from './encoders';

const hostile = [
  'plain',
  '',
  `it's "quoted"`,
  'two\nlines\r\nand\ttabs',
  '${var.x} %{ if true } $${escaped} $$${x} %%{y}',
  '{{ .Values.x }} ${{ secrets.TOKEN }}',
  '`id` $(id) $HOME; rm -rf / #',
  '\\ \\\\ \\n \\b \\u0041 \\',
  '*/ --> <script>alert(1)</script> <!-- /*',
  '<$ service.name $> <% include "x" %> <# y #>',
  '- a: b\n---\n!!js/function x &a *a',
  'line\u2028paragraph\u2029next\u0085bidi\u202eend\ufeff',
  '😀 日本語 é',
];

describe('encoders', () => {
  it.each(hostile)('JSON gives %j back', text => {
    expect(JSON.parse(encoders.encodeJson(text))).toBe(text);
  });

  it.each(hostile)('YAML gives %j back, on one line', text => {
    const encoded = encoders.encodeYaml(text);
    expect(parse(`key: ${encoded} # comment\nother: 1`)).toEqual({
      key: text,
      other: 1,
    });
    expect(encoded).toMatch(/^[^\n\r\u0085\u2028\u2029]*$/);
  });

  it.each(hostile)('TypeScript gives %j back', text => {
    const source = `export const x: string = ${encoders.encodeTypeScript(
      text,
    )};`;
    const { outputText, diagnostics } = transpileModule(source, {
      reportDiagnostics: true,
      compilerOptions: { module: ModuleKind.CommonJS },
    });
    expect(diagnostics).toEqual([]);
    const exported: { x?: string } = {};
    runInNewContext(outputText, { exports: exported });
    expect(exported.x).toBe(text);
  });

  it.each(hostile)('a shell gives %j back', text => {
    const { stdout } = spawnSync(
      'sh',
      ['-c', `printf %s ${encoders.encodeShell(text)}`],
      {
        encoding: 'utf8',
      },
    );
    expect(stdout).toBe(text);
  });

  (hasTerraform ? it : it.skip)('Terraform gives all of them back', () =>
    expectFromTerraform(hostile),
  );

  it('keeps any text inside a comment, a line of Markdown and a scalar', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string({ unit: fc.constantFrom(...hostile) }),
        ),
        text => {
          const comment = encoders.encodeComment(text);
          expect(comment).not.toMatch(
            /[\n\r\u0085\u2028\u2029\u202e]|\*\/|\/\*|--|[{}<>`\\]/,
          );
          expect(encoders.encodeMarkdown(text)).not.toMatch(
            /[\n\r<>]|(?<!\\)[`[\]|]/,
          );
          expect(parse(encoders.encodeYaml(text))).toBe(text);
          expect(JSON.parse(encoders.encodeJson(text))).toBe(text);
        },
      ),
    );
  });
});

function expectFromTerraform(texts: readonly string[]) {
  expect(evaluate(`[${texts.map(encoders.encodeHcl).join(', ')}]`)).toEqual(
    texts,
  );
}
