import {
  approvalReadPermission,
  planDifference,
  type PlanComparison,
  type PlanVersion,
  type PlanVersionList,
} from '@agentic-backstage/plugin-agentic-common';
import { NotFoundError } from '@backstage/errors';
import type { Request, Router } from 'express';
import type { Knex } from 'knex';
import { z } from 'zod';
import {
  findPlanVersions,
  type StoredPlanVersion,
} from '../database/PlanVersionStore';
import type { Access } from './access';
import { parseOrRefuse } from './parseBody';
import type { Readable } from './Readable';
import { wholeNumber } from './wholeNumber';

/** The largest number the database keeps. */
const MAX_VERSION = 2_147_483_647;

const ComparisonQuery = z
  .object({
    from: wholeNumber({ min: 1, max: MAX_VERSION }),
    to: wholeNumber({ min: 1, max: MAX_VERSION }),
  })
  .strict();

/** `/workflows/:id/plans`: the versions of a plan, and what differs between any two of them. */
export function addPlanVersionRoutes(
  router: Router,
  options: { access: Access; readable: Readable; knex: Knex },
): void {
  const { access, readable, knex } = options;

  const versionsFor = async (req: Request): Promise<StoredPlanVersion[]> => {
    const credentials = await access.credentials(req);
    const { row } = await readable.workflow(credentials, req.params.id);
    const versions = await findPlanVersions(knex, {
      id: row.id,
      requestedBy: row.requested_by,
    });
    const [mayReadApprovals] = await access.allowsEach(
      credentials,
      [approvalReadPermission],
      row,
    );
    return mayReadApprovals
      ? versions
      : versions.map(version => ({ ...version, voided: [] }));
  };

  router.get('/workflows/:id/plans', async (req, res) => {
    const answer: PlanVersionList = {
      items: (await versionsFor(req)).map(withoutPlan),
    };
    res.json(answer);
  });

  router.get('/workflows/:id/plans/difference', async (req, res) => {
    const versions = await versionsFor(req);
    const { from, to } = parseOrRefuse(ComparisonQuery, req.query, 'query');
    const answer: PlanComparison = {
      from,
      to,
      difference: planDifference(
        versionOf(versions, from).plan,
        versionOf(versions, to).plan,
      ),
      steps: versions
        .filter(({ version }) => version > from && version <= to)
        .map(withoutPlan),
    };
    res.json(answer);
  });
}

function withoutPlan({ plan, ...version }: StoredPlanVersion): PlanVersion {
  return version;
}

function versionOf(
  versions: readonly StoredPlanVersion[],
  wanted: number,
): StoredPlanVersion {
  const found = versions.find(({ version }) => version === wanted);
  if (!found) {
    throw new NotFoundError(
      `The plan has no version ${wanted}; there are ${versions
        .map(({ version }) => version)
        .join(', ')}`,
    );
  }
  return found;
}
