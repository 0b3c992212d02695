import type { RequestHandler } from 'express';
import type { SecretMasks } from '../runtime/redactValues';

/**
 * The last net: takes the secrets this process has handed out from every answer, of streams and of
 * errors too. Everything before it masks already; what slips through there ends here.
 */
export function maskAnswers(masks: SecretMasks): RequestHandler {
  const clean = <T>(chunk: T): T =>
    (typeof chunk === 'string' ? masks.mask(chunk) : chunk) as T;
  return (_req, res, next) => {
    const json = res.json.bind(res);
    const send = res.send.bind(res);
    const write = res.write.bind(res) as (...args: unknown[]) => boolean;
    const end = res.end.bind(res) as (...args: unknown[]) => typeof res;
    res.json = body => json(masks.maskDeep(body));
    res.send = body => send(clean(body));
    res.write = (chunk: unknown, ...rest: unknown[]) =>
      write(clean(chunk), ...rest);
    res.end = ((chunk: unknown, ...rest: unknown[]) =>
      end(clean(chunk), ...rest)) as typeof res.end;
    next();
  };
}
