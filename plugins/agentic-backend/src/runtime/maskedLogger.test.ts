import type { LoggerService } from '@backstage/backend-plugin-api';
import { maskedLogger } from './maskedLogger';
import { secretMasks } from './redactValues';

const PASSWORD = 'never in any log 4711';

describe('maskedLogger', () => {
  const lines: unknown[][] = [];
  const note =
    (level: string) =>
    (...said: unknown[]) => {
      lines.push([level, ...said]);
    };
  const inner: LoggerService = {
    error: note('error'),
    warn: note('warn'),
    info: note('info'),
    debug: note('debug'),
    child: meta => {
      note('child')(meta);
      return inner;
    },
  };
  let release: () => void;

  beforeEach(() => {
    lines.length = 0;
    release = secretMasks.hold(PASSWORD);
  });
  afterEach(() => release());

  it.each(['error', 'warn', 'info', 'debug'] as const)(
    'takes secrets out of messages and fields of level %s',
    level => {
      maskedLogger(inner)[level](`it is ${PASSWORD}`, {
        deep: [{ [PASSWORD]: PASSWORD }],
      });
      expect(lines).toEqual([
        [level, 'it is [secret]', { deep: [{ '[secret]': '[secret]' }] }],
      ]);
    },
  );

  it('takes them out of errors, which keep their name', () => {
    const error = Object.assign(new Error(PASSWORD), { name: 'InputError' });
    maskedLogger(inner).error('failed', error);
    const [, , logged] = lines[0] as [string, string, Error];
    expect(logged.name).toBe('InputError');
    expect(`${logged.message}${logged.stack}`).not.toContain(PASSWORD);
    expect(error.message).toBe(PASSWORD);
  });

  it('lets nobody write a line of their own, or hide one', () => {
    maskedLogger(inner).info(
      'done\n2026-01-01T00:00:00Z agentic error forged\u001b[2K\u202Egnp.exe',
    );
    expect(lines[0][1]).toBe(
      'done\\n2026-01-01T00:00:00Z agentic error forgedgnp.exe',
    );
  });

  it('masks what its children are told', () => {
    maskedLogger(inner).child({ about: PASSWORD }).info(PASSWORD);
    expect(lines).toEqual([
      ['child', { about: '[secret]' }],
      ['info', '[secret]', undefined],
    ]);
  });
});
