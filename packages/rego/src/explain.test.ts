import { explain } from './explain';

const TEXT = `package shop

default allow := false

allow if {
	input.user == "admin"
	input.ok
}

allow if {
	some role in input.roles
	role == "seller"
	not blocked
}

blocked if input.blocked
`;

const files = [{ file: 'shop.rego', text: TEXT }];

describe('explain', () => {
  it('names the line at which each body stopped, with the values', () => {
    const input = { user: 'eve', roles: ['seller', 'guest'], blocked: true };
    expect(explain(files, 'data.shop.allow', { input })).toEqual([
      {
        at: expect.objectContaining({ row: 5 }),
        held: false,
        stopped: {
          at: expect.objectContaining({ row: 6 }),
          line: 'input.user == "admin"',
          values: {},
        },
      },
      {
        at: expect.objectContaining({ row: 10 }),
        held: false,
        stopped: {
          at: expect.objectContaining({ row: 13 }),
          line: 'not blocked',
          values: { role: 'seller' },
        },
      },
    ]);
  });

  it('says which body held', () => {
    const input = { user: 'admin', ok: true, roles: [] };
    const [first, second] = explain(files, 'data.shop.allow', { input });
    expect(first).toMatchObject({ held: true });
    expect(first.stopped).toBeUndefined();
    expect(second).toMatchObject({
      held: false,
      stopped: { line: 'some role in input.roles' },
    });
  });

  it('has nothing to say about what is no rule', () => {
    expect(explain(files, 'data.shop.nothing', {})).toEqual([]);
  });
});
