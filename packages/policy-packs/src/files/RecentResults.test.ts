import { RecentResults } from './RecentResults';

const file = (content: string) => ({ path: 'a.json', content });

describe('RecentResults', () => {
  it('asks once for the same file and again for any other', async () => {
    const recent = new RecentResults(10);
    const asked: string[] = [];
    const get = (content: string, format: 'json' | 'openapi') =>
      recent.get(file(content), format, async () => {
        asked.push(`${format} ${content}`);
        return { violations: [] };
      });
    await get('1', 'json');
    await get('1', 'json');
    await get('2', 'json');
    await get('1', 'openapi');
    expect(asked).toEqual(['json 1', 'json 2', 'openapi 1']);
  });

  it('forgets what was not asked for longest', async () => {
    const recent = new RecentResults(2);
    const asked: string[] = [];
    for (const content of ['1', '2', '1', '3', '1', '2']) {
      await recent.get(file(content), 'json', async () => {
        asked.push(content);
        return { violations: [] };
      });
    }
    expect(asked).toEqual(['1', '2', '3', '2']);
  });
});
