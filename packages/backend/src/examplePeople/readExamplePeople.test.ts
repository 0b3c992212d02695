import { ConfigReader } from '@backstage/config';
import { readExamplePeople } from './readExamplePeople';

const ada = {
  entityRef: 'user:default/ada.reyes',
  name: 'Ada Reyes',
  title: 'Developer',
};

const configWith = (examplePeople?: object[]) =>
  new ConfigReader({ agentic: { examplePeople } });

describe('readExamplePeople', () => {
  it.each([undefined, 'development', 'test'])(
    'reads people when NODE_ENV is %s',
    environment => {
      expect(readExamplePeople(configWith([ada]), environment)).toEqual([ada]);
    },
  );

  it.each(['ada.reyes', 'User:default/Ada.Reyes', 'default/ada.reyes'])(
    'writes %s as a full lower-case ref',
    entityRef => {
      const people = readExamplePeople(
        configWith([{ ...ada, entityRef }]),
        'development',
      );
      expect(people[0].entityRef).toBe('user:default/ada.reyes');
    },
  );

  it('refuses people in production and says what to do', () => {
    expect(() => readExamplePeople(configWith([ada]), 'production')).toThrow(
      /refused when NODE_ENV is production.*auth\.providers/,
    );
  });

  it('starts in production without people', () => {
    expect(readExamplePeople(configWith(), 'production')).toEqual([]);
  });

  it.each([
    [
      'a group',
      [{ ...ada, entityRef: 'group:default/architects' }],
      /examplePeople\[0\].*group:default\/architects.*not a user/,
    ],
    ['the same person twice', [ada, ada], /examplePeople\[1\].*listed before/],
    ['no name', [{ ...ada, name: undefined }], /name/],
  ])('refuses %s', (_, people, message) => {
    expect(() => readExamplePeople(configWith(people), undefined)).toThrow(
      message,
    );
  });
});
