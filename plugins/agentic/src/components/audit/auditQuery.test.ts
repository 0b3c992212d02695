import { isNarrowed, readView, toFilter, writeView } from './auditQuery';

describe('the address of an audit view', () => {
  it('keeps what it is narrowed by, and leaves out what is empty', () => {
    const search = writeView(new URLSearchParams('text=old&entry=wf-1/2'), {
      text: '',
      kind: 'approval',
    });
    expect(search.toString()).toBe('entry=wf-1%2F2&kind=approval');
    expect(readView(search)).toMatchObject({ kind: 'approval', text: '' });
  });

  it('asks from the first midnight to the one after the last day', () => {
    const view = readView(
      new URLSearchParams('from=2026-11-21&to=2026-11-30&actor=system'),
    );
    expect(toFilter(view)).toEqual({
      actor: 'system',
      from: new Date(2026, 10, 21).toISOString(),
      to: new Date(2026, 11, 1).toISOString(),
    });
  });

  it.each(['yesterday', '2026-1-1', ''])('takes %j for no day', from => {
    const view = readView(new URLSearchParams({ from }));
    expect(toFilter(view).from).toBeUndefined();
  });

  it('knows whether it is narrowed', () => {
    expect(isNarrowed(readView(new URLSearchParams('page=2')))).toBe(false);
    expect(isNarrowed(readView(new URLSearchParams('to=2026-01-01')))).toBe(
      true,
    );
  });
});
