import {
  context,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Link,
  type Span,
  type SpanKind,
} from '@opentelemetry/api';
import { redact } from '../runtime/redact';
import { TELEMETRY_SCOPE } from './Metrics';

/** How a span begins. Attributes are ids and names, never parameters or contents. */
export interface SpanOptions {
  readonly attributes?: Attributes;
  readonly kind?: SpanKind;
  /** What it is a child of; by default of the span at work. */
  readonly parent?: Context;
  readonly links?: Link[];
}

/**
 * Does the work as a span, under which the spans of the work stand. A failure is put on the span
 * without secrets and thrown on. Costs next to nothing where nobody records spans.
 */
export async function inSpan<T>(
  name: string,
  { parent = context.active(), ...options }: SpanOptions,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const tracer = trace.getTracer(TELEMETRY_SCOPE);
  return tracer.startActiveSpan(name, options, parent, async span => {
    try {
      return await work(span);
    } catch (error) {
      failSpan(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Puts down a span of what is over, such as waiting for people. */
export function pastSpan(
  name: string,
  {
    parent = context.active(),
    startTime,
    endTime = new Date(),
    ...options
  }: SpanOptions & { readonly startTime: Date; readonly endTime?: Date },
): void {
  trace
    .getTracer(TELEMETRY_SCOPE)
    .startSpan(name, { ...options, startTime }, parent)
    .end(endTime);
}

function failSpan(span: Span, error: unknown): void {
  const { name, message } =
    error instanceof Error ? error : new Error(String(error));
  const text = redact(message);
  span.recordException({ name, message: text });
  span.setAttribute('error.type', name);
  span.setStatus({ code: SpanStatusCode.ERROR, message: text });
}
