import { RememberedPerson } from './RememberedPerson';

function tab(browser: Storage) {
  const own = new Map<string, string>();
  const storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> = {
    getItem: key => own.get(key) ?? null,
    setItem: (key, value) => void own.set(key, value),
    removeItem: key => void own.delete(key),
  };
  return new RememberedPerson(storage as Storage, browser);
}

describe('RememberedPerson', () => {
  beforeEach(() => window.localStorage.clear());

  it('lets two tabs be two people', () => {
    const first = tab(window.localStorage);
    const second = tab(window.localStorage);
    first.set('ada');
    second.set('ben');
    expect([first.get(), second.get()]).toEqual(['ada', 'ben']);
  });

  it('starts a new tab as the person chosen last', () => {
    tab(window.localStorage).set('ada');
    expect(tab(window.localStorage).get()).toBe('ada');
  });

  it('forgets', () => {
    const one = tab(window.localStorage);
    one.set('ada');
    one.clear();
    expect(one.get()).toBeUndefined();
    expect(tab(window.localStorage).get()).toBeUndefined();
  });
});
