import {
  Health,
  HealthDetails,
} from '@agentic-backstage/plugin-agentic-common';
import type { Check, Patient } from '../Check';
import { broken, fine, skipped, warning, type Finding } from '../Finding';

const REACH = 'The portal answers';
const HEALTH = 'The framework in the portal is healthy';
const SKEW_SECONDS = 5;

/** Asks the portal itself, where it runs: readiness, health, clock, and with a token its breakers. */
export const portalCheck: Check = {
  id: 'portal',
  title: 'Portal',
  look: async patient => {
    const base =
      patient.url ?? patient.config.getOptionalString('backend.baseUrl');
    if (!base || !URL.canParse(base)) {
      return [
        broken(
          'portal.reach',
          REACH,
          'backend.baseUrl is no address',
          'Set backend.baseUrl, or say --url',
        ),
      ];
    }
    let answer: Response;
    try {
      answer = await ask(new URL('/api/agentic/health', base));
    } catch (error) {
      return [notThere(patient, base, error)];
    }
    const parsed = Health.safeParse(await answer.json().catch(() => undefined));
    if (!parsed.success) {
      return [
        broken(
          'portal.reach',
          REACH,
          `${base} answers ${answer.status}, and not as the framework does`,
          'Correct --url or backend.baseUrl; see in the log of the portal whether the plugin agentic has started',
        ),
      ];
    }
    return [
      fine('portal.reach', REACH, `${base} answers ${answer.status}`),
      ...clockOf(answer),
      ...parsed.data.checks.map(check =>
        check.status === 'ok'
          ? fine('portal.health', HEALTH, `${check.id}: ${check.message}`)
          : broken(
              'portal.health',
              HEALTH,
              `${check.id} is ${check.status}: ${check.message}`,
              check.status === 'starting'
                ? 'Wait half a minute and ask again; if it stays so, read the log of the portal'
                : 'Put right what the message says; docs/troubleshooting.md has the causes',
            ),
      ),
      ...(await detailsOf(patient, base)),
    ];
  },
};

async function detailsOf({ token }: Patient, base: string): Promise<Finding[]> {
  const checked = 'Nothing the framework leans on is away';
  if (!token) {
    return [
      skipped(
        'portal.dependencies',
        checked,
        'Without a token in AGENTIC_TOKEN the portal says no more',
      ),
    ];
  }
  const answer = await ask(new URL('/api/agentic/health/details', base), {
    authorization: `Bearer ${token}`,
  });
  if (!answer.ok) {
    return [
      warning(
        'portal.dependencies',
        checked,
        `The token is refused (${answer.status})`,
        'Use the token of a person, or of a machine with the permission agentic.agent.read in agentic.machineAccess',
      ),
    ];
  }
  const parsed = HealthDetails.safeParse(await answer.json());
  if (!parsed.success) {
    return [
      skipped(
        'portal.dependencies',
        checked,
        'The portal is of another version than the doctor',
      ),
    ];
  }
  const away = parsed.data.dependencies.filter(
    ({ breaker }) => breaker !== 'closed',
  );
  return away.length === 0
    ? [fine('portal.dependencies', checked, 'All breakers are closed')]
    : away.map(({ id, breaker, lastFailure }) =>
        warning(
          'portal.dependencies',
          checked,
          `'${id}' is ${breaker.replace('_', ' ')}: ${
            lastFailure?.message ?? 'no reason known'
          }`,
          'Put right what it leans on; work that needs it waits and goes on by itself',
        ),
      );
}

function clockOf(answer: Response): Finding[] {
  const told = Date.parse(answer.headers.get('date') ?? '');
  const checked = 'The clocks of this machine and of the portal agree';
  if (Number.isNaN(told)) return [];
  const skew = Math.abs(Date.now() - told) / 1000;
  return [
    skew <= SKEW_SECONDS
      ? fine('portal.clock', checked, 'They do')
      : warning(
          'portal.clock',
          checked,
          `They differ by ${skew.toFixed(
            0,
          )} s: tokens are refused as expired or not valid yet`,
          'Have both machines follow a time server (NTP)',
        ),
  ];
}

/** Whoever runs the doctor because the portal does not start knows that it does not answer. */
function notThere({ url }: Patient, base: string, error: unknown): Finding {
  const { cause, message } = error as Error & { cause?: Error };
  const found = `${base} does not answer: ${cause?.message ?? message}`;
  const remedy =
    'Start it and read the end of its log; the other findings say what may keep it from starting';
  return url
    ? broken('portal.reach', REACH, found, remedy)
    : warning('portal.reach', REACH, found, remedy);
}

function ask(
  url: URL,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, {
    headers,
    redirect: 'error',
    signal: AbortSignal.timeout(10_000),
  });
}
