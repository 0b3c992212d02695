import {
  context,
  isSpanContextValid,
  ROOT_CONTEXT,
  trace,
  type Context,
  type SpanContext,
} from '@opentelemetry/api';
import { createHash, randomBytes } from 'node:crypto';

const FORM = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const SAMPLED = 1;

/** Reads a W3C `traceparent`; undefined for what is none. */
export function parseTraceparent(
  text: string | undefined | null,
): SpanContext | undefined {
  const match = FORM.exec(text ?? '');
  if (!match) return undefined;
  const [, traceId, spanId, flags] = match;
  const found = {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16) % 2,
    isRemote: true,
  };
  return isSpanContextValid(found) ? found : undefined;
}

/** Writes a span as `traceparent`. */
export function formatTraceparent({
  traceId,
  spanId,
  traceFlags,
}: SpanContext): string {
  return `00-${traceId}-${spanId}-${traceFlags % 2 === SAMPLED ? '01' : '00'}`;
}

/** A trace of its own, for when nobody has begun one. */
export function freshTraceparent(): string {
  return formatTraceparent({
    traceId: randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    traceFlags: SAMPLED,
  });
}

/** The trace of a workflow that has none on record: the same in every process. */
export function traceparentOfId(workflowId: string): string {
  const digest = createHash('sha256').update(workflowId).digest('hex');
  return `00-${digest.slice(0, 32)}-${digest.slice(32, 48)}-01`;
}

/** The span at work now, where the portal records spans. */
export function activeTraceparent(): string | undefined {
  const span = trace.getSpanContext(context.active());
  return span && isSpanContextValid(span) ? formatTraceparent(span) : undefined;
}

/** A context in which new spans are children of the span that is named, wherever that was. */
export function contextBehind(traceparent: string): Context {
  const parent = parseTraceparent(traceparent);
  return parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
}
