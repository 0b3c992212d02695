import { NewsBroadcast } from './NewsBroadcast';

describe('NewsBroadcast', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  function aBroadcast() {
    const sent: unknown[] = [];
    const news = new NewsBroadcast(async signal => {
      sent.push(signal);
    });
    return { news, sent };
  }

  it('says that there is news, and no more', () => {
    const { news, sent } = aBroadcast();
    news.announce();
    jest.advanceTimersByTime(0);
    expect(sent).toEqual([
      {
        recipients: { type: 'broadcast' },
        channel: 'agentic:workflows',
        message: { news: true },
      },
    ]);
  });

  it('says it at most once a second, and after the last news', () => {
    const { news, sent } = aBroadcast();
    for (let tick = 0; tick < 25; tick++) {
      news.announce();
      jest.advanceTimersByTime(100);
    }
    expect(sent).toHaveLength(3);
    jest.advanceTimersByTime(1000);
    expect(sent).toHaveLength(4);
    jest.advanceTimersByTime(10_000);
    expect(sent).toHaveLength(4);
  });

  it('says nothing after it was stopped', () => {
    const { news, sent } = aBroadcast();
    news.announce();
    news.stop();
    jest.advanceTimersByTime(5000);
    expect(sent).toEqual([]);
  });
});
