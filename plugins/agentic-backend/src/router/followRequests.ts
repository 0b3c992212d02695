import { context, SpanKind, trace } from '@opentelemetry/api';
import type { RequestHandler } from 'express';
import { randomUUID } from 'node:crypto';
import { metrics, TELEMETRY_SCOPE } from '../telemetry/Metrics';
import {
  activeTraceparent,
  contextBehind,
  formatTraceparent,
  freshTraceparent,
  parseTraceparent,
} from '../telemetry/traceparent';
import { inWork } from '../telemetry/WorkContext';
import { operationOf } from './operationOf';

const CORRELATION_ID = /^[\w.:-]{1,128}$/;
const WORKFLOW_PATH = /^\/workflows\/(wf-[\w-]{1,60})(?:\/|$)/;

/**
 * Gives every request a correlation id, which the answer names too, and a place in a trace: the one
 * of the caller's `traceparent`, or one of its own. Measures how long the answer took.
 */
export const followRequests: RequestHandler = (req, res, next) => {
  const began = performance.now();
  const operation = operationOf(req.method, req.path)?.id ?? 'unknown';
  const correlationId = given(req.header('x-correlation-id')) ?? randomUUID();
  res.setHeader('X-Correlation-Id', correlationId);
  const caller = parseTraceparent(req.header('traceparent'));
  // Where the portal records HTTP itself, its span is at work already.
  const span = trace.getActiveSpan()
    ? undefined
    : trace.getTracer(TELEMETRY_SCOPE).startSpan(
        `agentic.http ${operation}`,
        {
          kind: SpanKind.SERVER,
          attributes: {
            'agentic.operation': operation,
            'http.request.method': req.method,
          },
        },
        caller && contextBehind(formatTraceparent(caller)),
      );
  const within = span
    ? trace.setSpan(context.active(), span)
    : context.active();
  res.once('close', () => {
    span?.setAttribute('http.response.status_code', res.statusCode);
    span?.end();
    if (!isEventStream(res.getHeader('content-type'))) {
      metrics.measure('requestDuration', (performance.now() - began) / 1000, {
        operation,
        status: `${Math.floor(res.statusCode / 100)}xx`,
      });
    }
  });
  context.with(within, () =>
    inWork(
      {
        correlationId,
        traceparent:
          activeTraceparent() ??
          (span && recorded(span.spanContext())) ??
          (caller ? formatTraceparent(caller) : freshTraceparent()),
        workflowId: WORKFLOW_PATH.exec(req.path)?.[1],
      },
      () => next(),
    ),
  );
};

function given(text: string | undefined): string | undefined {
  return text !== undefined && CORRELATION_ID.test(text) ? text : undefined;
}

function recorded(
  span: Parameters<typeof formatTraceparent>[0],
): string | undefined {
  return /^0+$/.test(span.traceId) ? undefined : formatTraceparent(span);
}

function isEventStream(type: unknown): boolean {
  return typeof type === 'string' && type.startsWith('text/event-stream');
}
