import {
  formatFilter,
  isFiltered,
  parseFilter,
  toQuery,
  type WorkflowFilter,
} from './workflowFilter';

const EVERYTHING: WorkflowFilter = {
  status: '',
  environment: '',
  service: '',
  view: 'all',
};
const ADA = { me: 'user:default/ada', groups: ['group:default/payments'] };

describe('workflowFilter', () => {
  it.each<[string, Partial<WorkflowFilter>]>([
    ['', {}],
    ['view=all&status=&nonsense=1', {}],
    ['view=nobody&status=asleep', {}],
    ['view=mine', { view: 'mine' }],
    [
      'view=teams&status=failed&environment=staging&service=or+ders',
      {
        view: 'teams',
        status: 'failed',
        environment: 'staging',
        service: 'or ders',
      },
    ],
  ])('reads "%s" as %j', (address, expected) => {
    const filter = parseFilter(new URLSearchParams(address));
    expect(filter).toEqual({ ...EVERYTHING, ...expected });
    expect(parseFilter(new URLSearchParams(formatFilter(filter)))).toEqual(
      filter,
    );
    expect(isFiltered(filter)).toBe(Object.keys(expected).length > 0);
  });

  it.each<[Partial<WorkflowFilter>, object | undefined]>([
    [{}, {}],
    [{ view: 'mine' }, { requestedBy: 'user:default/ada' }],
    [{ view: 'teams' }, { owner: ['group:default/payments'] }],
    [
      { status: 'failed', service: 'a' },
      { status: 'failed', service: 'a' },
    ],
  ])('asks for %j with %j', (change, query) => {
    expect(toQuery({ ...EVERYTHING, ...change }, ADA)).toEqual(query);
  });

  it('asks for nothing where a person without a group wants those of their groups', () => {
    expect(
      toQuery({ ...EVERYTHING, view: 'teams' }, { ...ADA, groups: [] }),
    ).toBeUndefined();
  });
});
