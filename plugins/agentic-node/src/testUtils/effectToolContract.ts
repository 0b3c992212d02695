import type { EffectTool } from '../tools';
import type { TestToolContext } from './toolContext';

/** One tool in a world of its own, ready to be called. */
export interface EffectToolSubject<P, R> {
  readonly tool: EffectTool<P, R>;
  /** Parameters that work in this world. */
  readonly params: P;
  readonly context: TestToolContext;
  /**
   * A picture of everything the tool could change, taken without the tool's help, for example a
   * listing of files or of rows. Equal pictures mean that nothing has changed.
   */
  observe(): Promise<unknown>;
  /** Ends processes and removes folders. */
  tearDown(): Promise<void>;
}

/** What the contract needs to know about a tool. */
export interface EffectToolContractOptions<P, R> {
  readonly name: string;
  /** Parameters that the schema must refuse, by what is wrong with them. */
  readonly invalidParams: Readonly<Record<string, unknown>>;
  /** Makes a fresh world; called for every test. */
  setUp(): Promise<EffectToolSubject<P, R>>;
  /** How long one test may take. Default: one minute. */
  readonly timeoutMs?: number;
}

/**
 * Declares the tests that every effect tool has to pass, with the test runner's global `describe`
 * and `it`. Call it at the top of a test file:
 *
 * 1. The schema refuses bad parameters; reach, cost and the way back are declared.
 * 2. A dry run changes nothing.
 * 3. The same idempotency key has one effect, however often it is executed.
 * 4. A read-back finds nothing before, the effect after, and the effect's result without being told.
 * 5. A rollback ends with the effect gone, and may be repeated.
 */
export function effectToolContract<P, R>(
  options: EffectToolContractOptions<P, R>,
): void {
  const timeout = options.timeoutMs ?? 60_000;

  describe(`${options.name} keeps the contract of effect tools`, () => {
    let subject: EffectToolSubject<P, R>;

    beforeEach(async () => {
      subject = await options.setUp();
    }, timeout);

    afterEach(async () => {
      await subject.tearDown();
    }, timeout);

    it.each(Object.entries(options.invalidParams))(
      'refuses %s',
      (_, params) => {
        expect(subject.tool.schema.safeParse(params).success).toBe(false);
      },
    );

    it('accepts its parameters and declares reach, cost and the way back', async () => {
      const { tool, params, context } = subject;
      expect(tool.schema.safeParse(params)).toMatchObject({ success: true });
      expect(tool.lane).toBe('execute');
      expect(tool.blastRadius(params)).toMatchObject({
        scope: expect.stringMatching(
          /^(none|service|environment|organisation)$/,
        ),
        destructive: expect.any(Boolean),
        description: expect.stringMatching(/\S/),
      });
      expect(tool.rollbackStrategy(params)).toMatch(/\S/);
      const cost = tool.estimateCost(params);
      expect(cost.lines.every(line => line.source.length > 0)).toBe(true);
      expect(await tool.validate(params, context)).toEqual([]);
    });

    it(
      'changes nothing in a dry run, and says what would change',
      async () => {
        const { tool, params, context } = subject;
        const before = await subject.observe();
        const dryRun = await tool.dryRun(params, context);
        expect(await subject.observe()).toEqual(before);
        expect(dryRun.summary).toMatch(/\S/);
        expect(
          dryRun.changes.filter(change => change.action !== 'none'),
        ).not.toEqual([]);
      },
      timeout,
    );

    it(
      'has one effect for one idempotency key',
      async () => {
        const { tool, params, context } = subject;
        const untouched = await subject.observe();
        const first = await tool.execute(params, context);
        const after = await subject.observe();
        expect(after).not.toEqual(untouched);
        expect(tool.result.safeParse(first)).toMatchObject({ success: true });

        const second = await tool.execute(params, context);
        expect(second).toEqual(first);
        expect(await subject.observe()).toEqual(after);
      },
      timeout,
    );

    it(
      'reads back absent before, confirmed after, and finds its result without being told',
      async () => {
        const { tool, params, context } = subject;
        const before = await tool.readBack(params, undefined, context);
        expect(before.state).toBe('absent');

        const result = await tool.execute(params, context);
        const told = await tool.readBack(params, result, context);
        expect(told).toMatchObject({
          state: 'confirmed',
          evidence: expect.stringMatching(/\S/),
        });
        expect(Number.isNaN(Date.parse(told.observedAt))).toBe(false);

        const untold = await tool.readBack(params, undefined, context);
        expect(untold).toMatchObject({ state: 'confirmed', result });
      },
      timeout,
    );

    it(
      'is gone after a rollback, which may be repeated',
      async () => {
        const { tool, params, context } = subject;
        const result = await tool.execute(params, context);
        const undone = await tool.rollback(params, result, context);
        expect(undone).toMatchObject({ state: 'absent' });
        const seen = await tool.readBack(params, result, context);
        expect(seen).toMatchObject({ state: 'absent' });

        const again = await tool.rollback(params, undefined, context);
        expect(again).toMatchObject({ state: 'absent' });
      },
      timeout,
    );
  });
}
