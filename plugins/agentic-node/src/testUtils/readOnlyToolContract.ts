import { z } from 'zod';
import type { ReadOnlyTool } from '../tools';
import type { TestToolContext } from './toolContext';

/** One tool that only looks, in a world of its own. */
export interface ReadOnlyToolSubject<P, R> {
  readonly tool: ReadOnlyTool<P, R>;
  /** Parameters that work in this world. */
  readonly params: P;
  readonly context: TestToolContext;
  /** A picture of everything the tool could reach, taken without its help. Equal pictures mean that nothing has changed. */
  observe(): Promise<unknown>;
  /** Ends processes and removes folders. */
  tearDown(): Promise<void>;
}

/** What the contract needs to know about a tool that only looks. */
export interface ReadOnlyToolContractOptions<P, R> {
  readonly name: string;
  /** Parameters that the schema must refuse, by what is wrong with them. */
  readonly invalidParams: Readonly<Record<string, unknown>>;
  /** Makes a fresh world; called for every test. */
  setUp(): Promise<ReadOnlyToolSubject<P, R>>;
  /** How long one test may take. Default: one minute. */
  readonly timeoutMs?: number;
}

/**
 * Declares the tests that every read-only tool has to pass, with the test runner's global `describe`
 * and `it`. Call it at the top of a test file:
 *
 * 1. The schema takes good parameters and refuses bad ones, and can be described to others.
 * 2. A look answers what the result's schema says, and can be stored.
 * 3. Looking changes nothing, keeps nothing, and uses no secret's value.
 */
export function readOnlyToolContract<P, R>(
  options: ReadOnlyToolContractOptions<P, R>,
): void {
  // Taken here and not when the module is loaded, so that it can be loaded without a test runner.
  const {
    afterEach: after,
    beforeEach: before,
    describe: suite,
    it: test,
  } = globalThis;
  const expectThat = expect;
  const timeout = options.timeoutMs ?? 60_000;

  suite(`${options.name} keeps the contract of tools that only look`, () => {
    let subject: ReadOnlyToolSubject<P, R>;

    before(async () => {
      subject = await options.setUp();
    }, timeout);

    after(async () => {
      await subject.tearDown();
    }, timeout);

    test.each(Object.entries(options.invalidParams))(
      'refuses %s',
      (_, params) => {
        expectThat(subject.tool.schema.safeParse(params).success).toBe(false);
      },
    );

    test('accepts its parameters and says what they are', () => {
      const { tool, params } = subject;
      expectThat(tool.schema.safeParse(params).success).toBe(true);
      expectThat(tool.lane).toBe('read_only');
      expectThat(
        z.toJSONSchema(tool.schema, { io: 'input', unrepresentable: 'any' })
          .type,
      ).toBe('object');
    });

    test(
      'answers what it promised, and changes nothing by looking',
      async () => {
        const { tool, params, context } = subject;
        const untouched = await subject.observe();
        const found = await tool.read(params, context);
        expectThat(tool.result.safeParse(found).success).toBe(true);
        expectThat(JSON.parse(JSON.stringify(found))).toEqual(found);
        await tool.read(params, context);
        expectThat(await subject.observe()).toEqual(untouched);
        expectThat(await context.artifacts.list()).toEqual([]);
        expectThat(context.secrets.purposes).toEqual([]);
      },
      timeout,
    );
  });
}
