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
  /** Makes a fresh world; called for every test that acts, and once for those that do not. */
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
  // Taken here and not when the module is loaded, so that it can be loaded without a test runner.
  const {
    afterAll: atEnd,
    afterEach: after,
    beforeAll: atStart,
    beforeEach: before,
    describe: suite,
    it: test,
  } = globalThis;
  const expectThat = expect;
  const timeout = options.timeoutMs ?? 60_000;

  suite(
    `${options.name} declares itself as the contract of effect tools wants`,
    () => {
      let subject: EffectToolSubject<P, R>;

      atStart(async () => {
        subject = await options.setUp();
      }, timeout);

      atEnd(async () => {
        await subject.tearDown();
      }, timeout);

      test.each(Object.entries(options.invalidParams))(
        'refuses %s',
        (_, params) => {
          expectThat(subject.tool.schema.safeParse(params).success).toBe(false);
        },
      );

      test('accepts its parameters and declares reach, cost and the way back', async () => {
        const { tool, params, context } = subject;
        expectThat(tool.schema.safeParse(params)).toMatchObject({
          success: true,
        });
        expectThat(tool.lane).toBe('execute');
        expectThat(tool.blastRadius(params)).toMatchObject({
          scope: expectThat.stringMatching(
            /^(none|service|environment|organisation)$/,
          ),
          destructive: expectThat.any(Boolean),
          description: expectThat.stringMatching(/\S/),
        });
        expectThat(tool.rollbackStrategy(params)).toMatch(/\S/);
        const cost = tool.estimateCost(params);
        expectThat(cost.lines.every(line => line.source.length > 0)).toBe(true);
        expectThat(await tool.validate(params, context)).toEqual([]);
      });
    },
  );

  suite(`${options.name} keeps the contract of effect tools`, () => {
    let subject: EffectToolSubject<P, R>;

    before(async () => {
      subject = await options.setUp();
    }, timeout);

    after(async () => {
      await subject.tearDown();
    }, timeout);

    test(
      'changes nothing in a dry run, and says what would change',
      async () => {
        const { tool, params, context } = subject;
        const untouched = await subject.observe();
        const dryRun = await tool.dryRun(params, context);
        expectThat(await subject.observe()).toEqual(untouched);
        expectThat(dryRun.summary).toMatch(/\S/);
        expectThat(
          dryRun.changes.filter(change => change.action !== 'none'),
        ).not.toEqual([]);
      },
      timeout,
    );

    test(
      'has one effect for one idempotency key',
      async () => {
        const { tool, params, context } = subject;
        const untouched = await subject.observe();
        const first = await tool.execute(params, context);
        const changed = await subject.observe();
        expectThat(changed).not.toEqual(untouched);
        expectThat(tool.result.safeParse(first)).toMatchObject({
          success: true,
        });

        const second = await tool.execute(params, context);
        expectThat(second).toEqual(first);
        expectThat(await subject.observe()).toEqual(changed);
      },
      timeout,
    );

    test(
      'reads back absent before, confirmed after, and finds its result without being told',
      async () => {
        const { tool, params, context } = subject;
        const earlier = await tool.readBack(params, undefined, context);
        expectThat(earlier.state).toBe('absent');

        const result = await tool.execute(params, context);
        const told = await tool.readBack(params, result, context);
        expectThat(told).toMatchObject({
          state: 'confirmed',
          evidence: expectThat.stringMatching(/\S/),
        });
        expectThat(Number.isNaN(Date.parse(told.observedAt))).toBe(false);

        const untold = await tool.readBack(params, undefined, context);
        expectThat(untold).toMatchObject({ state: 'confirmed', result });
      },
      timeout,
    );

    test(
      'is gone after a rollback, which may be repeated',
      async () => {
        const { tool, params, context } = subject;
        const result = await tool.execute(params, context);
        const undone = await tool.rollback(params, result, context);
        expectThat(undone).toMatchObject({ state: 'absent' });
        const seen = await tool.readBack(params, result, context);
        expectThat(seen).toMatchObject({ state: 'absent' });

        const again = await tool.rollback(params, undefined, context);
        expectThat(again).toMatchObject({ state: 'absent' });
      },
      timeout,
    );
  });
}
