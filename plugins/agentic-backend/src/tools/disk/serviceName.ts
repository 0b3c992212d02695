import { z } from 'zod';

/** A service's name as it may appear in paths, host names and image names: a DNS label. */
export const ServiceName = z
  .string()
  .regex(
    /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    'must be 1 to 63 lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen',
  );
