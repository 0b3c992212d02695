import { redact } from '../runtime/redact';
import type { Check, Patient } from './Check';
import { broken, type Finding } from './Finding';

/** One check may take this long; a server that hangs must not hold up the others. */
const CHECK_MS = 30_000;

/** Runs the checks, all at once, and answers in their order. Throws never: a check that fails is a finding. */
export async function diagnose(
  checks: readonly Check[],
  patient: Patient,
): Promise<Finding[]> {
  const found = await Promise.all(
    checks.map(async check => {
      try {
        return await within(check.look(patient));
      } catch (error) {
        return [
          broken(
            `${check.id}.check`,
            `${check.title} can be looked at`,
            error instanceof Error ? error.message : String(error),
            'Put right what the other findings say, and run the doctor again',
          ),
        ];
      }
    }),
  );
  return found.flat().map(finding => masked(finding, patient));
}

async function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`No answer within ${CHECK_MS / 1000} s`)),
      CHECK_MS,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Messages of drivers and servers may repeat what they were given. */
function masked(finding: Finding, { token }: Patient): Finding {
  const clean = (text: string) =>
    redact(token ? text.replaceAll(token, '[token]') : text);
  return {
    ...finding,
    found: clean(finding.found),
    ...(finding.remedy && { remedy: finding.remedy }),
  };
}
