import type { ReactElement } from 'react';
import { FakeAgenticApi } from '../../src/__fixtures__/FakeAgenticApi';
import { AgenticRequestError } from '../../src/api/AgenticRequestError';
import type { AgenticApi } from '../../src/api/AgenticApi';

/** One card or table in one state, with the backend that brings it about. */
export interface CardState {
  /** The name of the component. */
  readonly card: string;
  readonly state: 'data' | 'denied' | 'empty' | 'failed' | 'loading' | 'long';
  readonly element: ReactElement;
  readonly api: AgenticApi;
}

/** A backend whose every answer is the same: an error, or none for ever. */
export function allAnswers(answer: () => Promise<never>): AgenticApi {
  return new Proxy<AgenticApi>(new FakeAgenticApi(), {
    get: (target, name) =>
      typeof Reflect.get(target, name) === 'function'
        ? answer
        : Reflect.get(target, name),
  });
}

/** The states of what loads its own data: on its way, nothing there, something there, not allowed, failed. */
export function loadedStates(
  card: string,
  element: ReactElement,
  options: { data: AgenticApi; empty?: AgenticApi },
): CardState[] {
  const apis = {
    loading: allAnswers(() => new Promise(() => {})),
    empty: options.empty ?? new FakeAgenticApi(),
    data: options.data,
    denied: allAnswers(async () => {
      throw new AgenticRequestError({
        name: 'NotAllowedError',
        message: 'You lack a permission.',
        status: 403,
      });
    }),
    failed: allAnswers(async () => {
      throw new Error('The backend did not answer.');
    }),
  } as const;
  return (['loading', 'empty', 'data', 'denied', 'failed'] as const).map(
    state => ({ card, state, element, api: apis[state] }),
  );
}

/** The states of what is given its data. */
export function givenStates(
  card: string,
  elements: Partial<Record<'data' | 'empty' | 'long', ReactElement>>,
): CardState[] {
  const api = new FakeAgenticApi({});
  return (['empty', 'data', 'long'] as const).flatMap(state => {
    const element = elements[state];
    return element ? [{ card, state, element, api }] : [];
  });
}
