import { cleanText } from '@agentic-backstage/plugin-agentic-common';
import { renderService } from '@agentic-backstage/service-templates';
import { stringify } from 'yaml';
import { readCatalogEntities } from './readCatalogEntities';

interface Changes {
  readonly metadata?: Record<string, unknown>;
  readonly spec?: Record<string, unknown>;
}

function aDescription(changes: Changes = {}): string {
  return stringify({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'user-service', ...changes.metadata },
    spec: {
      type: 'service',
      lifecycle: 'experimental',
      owner: 'group:default/team-a',
      ...changes.spec,
    },
  });
}

const read = (content: string) =>
  readCatalogEntities('user-service', [{ path: 'catalog-info.yaml', content }]);

describe('readCatalogEntities', () => {
  it.each([
    ...['javascript', 'JAVASCRIPT', ' javascript'].map(
      scheme => `${scheme}:alert(1)`,
    ),
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
  ])('refuses a link to %j', async url => {
    for (const metadata of [
      { links: [{ url, title: 'x' }] },
      { annotations: { 'backstage.io/view-url': url } },
      { annotations: { 'backstage.io/edit-url': url } },
    ]) {
      const { problems } = await read(aDescription({ metadata }));
      expect(problems).toHaveLength(1);
      expect(problems[0].message).toMatch(/links to|url/i);
    }
  });

  it.each(['https://example.com/x', 'http://127.0.0.1:8080', 'mailto:a@b.c'])(
    'takes a link to %j',
    async url => {
      const { problems } = await read(
        aDescription({ metadata: { links: [{ url }] } }),
      );
      expect(problems).toEqual([]);
    },
  );

  it.each([
    ['x\u202Egnp.exe', 'xgnp.exe'],
    ['\u001b[2Jcleared', 'cleared'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['${{ secrets.TOKEN }} {{ 7*7 }}', '${{ secrets.TOKEN }} {{ 7*7 }}'],
    ['a\n---\nkind: Group', 'a\n---\nkind: Group'],
  ])('keeps the text %j text, without what deceives', async (text, shown) => {
    const { entities, problems } = await read(
      aDescription({ metadata: { title: text, description: text } }),
    );
    expect(problems).toEqual([]);
    expect(entities).toHaveLength(1);
    expect(entities[0].metadata.description).toBe(shown);
    expect(entities[0].metadata.title).toBe(shown);
  });

  it.each<[string, string, RegExp]>([
    ['a bomb of aliases', bombOfAliases(), /alias/i],
    ['a group of people', aDescription().replace('Component', 'Group'), /kind/],
    [
      'a file outside of the repository',
      aDescription({ spec: { definition: { $text: '../../etc/passwd' } } }),
      /not among the files/,
    ],
    [
      'an address to be fetched',
      aDescription({
        spec: { definition: { $text: 'http://169.254.169.254/' } },
      }),
      /not among the files/,
    ],
  ])('refuses %s', async (_what, content, why) => {
    const { problems } = await read(content);
    expect(problems.map(({ message }) => message).join('\n')).toMatch(why);
  });
});

describe('a generated service', () => {
  it.each([
    '"; process.exit(1); //',
    '${{ secrets.TOKEN }} {{ 7*7 }} {% include "/etc/passwd" %} ${7*7} <%= 7*7 %>',
    'first\n---\nkind: Group\nmetadata:\n  name: admins',
    '*anchor &alias !!js/function "function(){}" <<: *x',
    '$text: ./../../etc/passwd',
    '<img src=x onerror=alert(1)> [x](data:text/html,1) `code`',
    'invoice\u202Efdp.exe \u200Bhidden',
    "it's # not a comment, 'nor' \"quoted\" \\ at all",
  ])(
    'has the description %j in the catalog and nothing else of it',
    async text => {
      const files = renderService(
        {
          name: 'user-service',
          description: text,
          owner: 'group:default/team-a',
          language: 'nodejs',
          pattern: 'rest-api',
          database: 'postgresql',
          environment: 'development',
          port: 8080,
        },
        {
          provenance: {
            generator: 'codegen 1.0.0',
            requestId: 'wf-1',
            requestedBy: 'user:default/sam',
            approvals: {},
            purpose: text,
            template: 'nodejs-rest-api',
            templateHash: '0'.repeat(64),
          },
        },
      );
      const { entities, problems } = await readCatalogEntities(
        'user-service',
        files,
      );
      expect(problems).toEqual([]);
      const [component, ...others] = entities;
      expect(component.metadata.description).toBe(cleanText(text));
      expect(component.spec?.owner).toBe('group:default/team-a');
      expect(others.map(({ kind }) => kind).sort()).toEqual([
        'API',
        'Resource',
      ]);
    },
  );
});

function bombOfAliases(): string {
  const levels = ['a: &a [x,x,x,x,x,x,x,x,x]'];
  for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef']) {
    levels.push(`${to}: &${to} [${`*${from},`.repeat(9)}]`);
  }
  return levels.join('\n');
}
