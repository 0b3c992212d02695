import { tokenize } from './tokenize';

const shown = (text: string) =>
  tokenize(text).map(token =>
    token.kind === 'break' ? `<${token.text}>` : token.text,
  );

describe('tokenize', () => {
  it.each([
    ['Create a service.', ['Create', 'a', 'service', '<.>']],
    ['REST API,PostgreSQL', ['REST', 'API', '<,>', 'PostgreSQL']],
    ['Node.js and C++', ['Node.js', 'and', 'C++']],
    ['budget of $1,000', ['budget', 'of', '$1,000']],
    ['name: x', ['name', '<:>', 'x']],
    ['port=8080', ['port', '<:>', '8080']],
    ['a & b', ['a', 'and', 'b']],
    ['(with pg)', ['<(>', 'with', 'pg', '<)>']],
    ['called "a b" now', ['called', 'a', 'b', 'now']],
    ["don't use 'x'", ["don't", 'use', 'x']],
    ['called foo;rm', ['called', 'foo;rm']],
    ['called ../x', ['called', '../x']],
    ['one\ntwo', ['one', '<\n>', 'two']],
    ['', []],
  ])('splits %j', (text, expected) => {
    expect(shown(text)).toEqual(expected);
  });

  it('keeps what a quotation says', () => {
    expect(tokenize('called “a b; c”')[1].quotation).toEqual({
      text: 'a b; c',
      words: 4,
    });
  });
});
