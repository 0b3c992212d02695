import { test } from 'node:test';
import { adopt } from './adopt.mjs';

test(
  'the guide in a portal of the legacy frontend system',
  { timeout: 30 * 60_000 },
  t => adopt(t, { release: '1.55', legacy: true }),
);
