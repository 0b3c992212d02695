import type { AgenticApi } from '../api/AgenticApi';
import { FakeIncidents } from './fakeApi/FakeIncidents';

export type { FakeAgenticState, RecordedRequest } from './fakeApi/FakeBackend';

/** An agentic backend in memory; each subject is a class of its own in `fakeApi/`, one on top of the other. */
export class FakeAgenticApi extends FakeIncidents implements AgenticApi {}
