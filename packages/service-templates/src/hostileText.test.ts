import fc from 'fast-check';
import { parse, parseAllDocuments } from 'yaml';
import { lintProvenance } from './lintProvenance';
import { renderService } from './renderService';
import {
  aSpec,
  contentOf,
  someProvenance,
} from './__testUtils__/sampleService';
import { parseProblems } from './__testUtils__/parseProblems';
import { formatProblem, hasTerraform } from './__testUtils__/terraform';
import { RenderedFile } from './types';

const hostile = [
  `"; process.exit(1); //`,
  `it's "quoted" and \`ticked\``,
  'first line\n  second: line\n---\nkind: Secret',
  '${jsonencode(1)} %{ for x in y } $${z}',
  '${{ github.token }} {{ .Values.secret }} {{- fail "x" -}}',
  '*/ process.exit(1) /* --> <script>alert(1)</script> <!--',
  '<$ service.name $> <% include "/etc/passwd" %> {% raw %}',
  '$(touch pwned) `touch pwned` ; touch pwned #',
  '[link](javascript:alert(1)) | table | ![x](y)',
  '\\" \\n \\u0022 \\',
  'a\u2028b\u2029c d\u202ee\ufefff',
  '# markdown\n# yaml\n// @ts-nocheck\n/* eslint-disable */',
  '😀'.repeat(100),
  'null',
  '- ',
  ' ',
];

/** What has not come through as the text it is; empty when all is well. */
function damage(text: string): string[] {
  return ['postgresql', 'none'].flatMap(database => {
    const files = renderService(aSpec({ description: text, database }), {
      provenance: someProvenance({ purpose: text, requestedBy: `x${text}` }),
    });
    const found = {
      'package.json': JSON.parse(contentOf(files, 'package.json')).description,
      'openapi.yaml': parse(contentOf(files, 'openapi.yaml')).info.description,
      'mkdocs.yml': parse(contentOf(files, 'mkdocs.yml')).site_description,
      'catalog-info.yaml': parseAllDocuments(
        contentOf(files, 'catalog-info.yaml'),
      )[0].toJS().metadata.description,
    };
    return [
      ...files.filter(eachOfItsKind).flatMap(parseProblems),
      ...lintProvenance(files).map(
        ({ path, message }) => `${path}: ${message}`,
      ),
      ...Object.entries(found)
        .filter(([, description]) => description !== text)
        .map(([path]) => `${path}: another description`),
    ];
  });
}

describe('hostile free text', () => {
  const harmless = renderService(aSpec({ description: 'x' }), {
    provenance: someProvenance({ purpose: 'x', requestedBy: 'x' }),
  });

  it.each(hostile)('stays text everywhere: %j', text => {
    expect(damage(text)).toEqual([]);
  });

  it.each(hostile)('changes nothing but headers and descriptions: %j', text => {
    const files = renderService(aSpec({ description: text }), {
      provenance: someProvenance({ purpose: text, requestedBy: `x${text}` }),
    });
    expect(files.map(file => file.path)).toEqual(
      harmless.map(file => file.path),
    );
    // The number of lines shows that nothing has broken out of its line.
    const lines = (all: readonly RenderedFile[]) =>
      all.map(
        ({ path, content }) =>
          `${path}: ${content.split(/[\n\r\u0085\u2028\u2029]/).length}`,
      );
    expect(lines(files)).toEqual(lines(harmless));
  });

  it('stays text whatever it is', () => {
    const text = fc
      .string({ unit: 'binary', maxLength: 60 })
      .map(value => value.replace(/(?![\n\r\t])\p{Cc}/gu, ''));
    const pieces = fc
      .array(fc.constantFrom(...hostile), { maxLength: 4 })
      .map(all => all.join(''));
    fc.assert(
      fc.property(
        fc.oneof(text, pieces).filter(value => value.length <= 1000),
        value => expect(damage(value)).toEqual([]),
      ),
      { numRuns: 15 },
    );
  });

  (hasTerraform ? it : it.skip)('leaves the Terraform files readable', () =>
    hostile.forEach(expectFormatted),
  );
});

/** Headers are the same in all sources, so one of them is enough to parse. */
function eachOfItsKind({ path }: RenderedFile): boolean {
  return !path.endsWith('.ts') || path === 'src/main.ts';
}

function expectFormatted(text: string) {
  const files = renderService(aSpec({ description: text }), {
    provenance: someProvenance({ purpose: text }),
  });
  expect(
    formatProblem(contentOf(files, 'infrastructure/terraform/main.tf')),
  ).toBe('');
}
