import { Provenance, SpecProblem } from './types';

const requestId = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?$/;

/** The id ends up in file headers and as an argument of rollback.sh, so only plain ids are let in. */
export function validateProvenance(
  provenance: Provenance,
): readonly SpecProblem[] {
  const problems: SpecProblem[] = [];
  if (
    !requestId.test(provenance.requestId) ||
    provenance.requestId.includes('..')
  ) {
    problems.push({
      field: 'provenance.requestId',
      message: 'is not usable',
      remedy: 'use up to 100 letters, digits, dots, hyphens and underscores',
    });
  }
  for (const field of [
    'generator',
    'requestedBy',
    'template',
    'templateHash',
  ] as const) {
    if (provenance[field].trim() === '') {
      problems.push({
        field: `provenance.${field}`,
        message: 'is empty',
        remedy: 'say where the files come from',
      });
    }
  }
  return problems;
}
