import {
  auditErasePermission,
  AuditFilter,
  auditReadPermission,
  ErasePayloadsRequest,
  SYSTEM_CHAIN,
  type AuditPage,
} from '@agentic-backstage/plugin-agentic-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Router } from 'express';
import type { Knex } from 'knex';
import { Readable as NodeStream } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { appendToRecord } from '../changeRecord/ChangeRecord';
import type { ChangeRecords } from '../changeRecord/createChangeRecords';
import { toCsv, toNdjson } from '../changeRecord/exportLines';
import { loadRecord } from '../changeRecord/loadRecord';
import type { WorkflowStore } from '../database/WorkflowStore';
import { notFound } from '../service/notFound';
import type { Access } from './access';
import { actorOf } from './actorOf';
import { parseOrRefuse } from './parseBody';
import type { Readable } from './Readable';
import { wholeNumber } from './wholeNumber';

const ListQuery = AuditFilter.extend({
  limit: wholeNumber({ min: 1, max: 200 }).optional(),
  cursor: wholeNumber({ min: 1, max: 2_147_483_647 }).optional(),
}).strict();

const ExportQuery = AuditFilter.extend({
  format: z.enum(['ndjson', 'csv']).optional(),
}).strict();

const FORMATS = {
  ndjson: { type: 'application/x-ndjson', lines: toNdjson },
  csv: { type: 'text/csv', lines: toCsv },
} as const;

/** `/audit`: search, show, export, verify, erase; and the record of one workflow. */
export function addAuditRoutes(
  router: Router,
  options: {
    access: Access;
    readable: Readable;
    store: WorkflowStore;
    changeRecords: ChangeRecords;
    knex: Knex;
  },
): void {
  const { access, readable, store, changeRecords, knex } = options;
  const { log, verifier, erasure } = changeRecords;

  /** A chain may be read by who may read the audit log of its workflow; the system's chain by who may read all. */
  const requireChain = async (
    credentials: BackstageCredentials,
    chain: string,
  ): Promise<void> => {
    if (chain === SYSTEM_CHAIN) {
      const visible = await access.visible(credentials, auditReadPermission);
      if (visible) throw notFound('record', chain);
      return;
    }
    await access.requireVisible(
      credentials,
      auditReadPermission,
      await store.row(chain),
      () => notFound('record', chain),
    );
  };

  router.get('/audit', async (req, res) => {
    const credentials = await access.credentials(req);
    const visible = await access.visible(credentials, auditReadPermission);
    const { limit, cursor, ...filter } = parseOrRefuse(
      ListQuery,
      req.query,
      'query',
    );
    const { items, next } = await log.search({
      filter,
      visible,
      limit: limit ?? 50,
      before: cursor,
    });
    const answer: AuditPage = {
      items,
      nextCursor: next === undefined ? undefined : String(next),
    };
    res.json(answer);
  });

  router.get('/audit/export', async (req, res) => {
    const credentials = await access.credentials(req);
    const visible = await access.visible(credentials, auditReadPermission);
    const { format, ...filter } = parseOrRefuse(
      ExportQuery,
      req.query,
      'query',
    );
    await knex.transaction(trx =>
      appendToRecord(trx, {
        chain: SYSTEM_CHAIN,
        kind: 'audit.exported',
        actor: actorOf(credentials),
        subject: 'audit',
        payload: { format: format ?? 'ndjson', filter },
      }),
    );
    const { type, lines } = FORMATS[format ?? 'ndjson'];
    res.setHeader('content-type', `${type}; charset=utf-8`);
    res.setHeader(
      'content-disposition',
      `attachment; filename="audit.${format ?? 'ndjson'}"`,
    );
    try {
      await pipeline(NodeStream.from(lines(log.all({ filter, visible }))), res);
    } catch (error) {
      // A reader who has gone away misses nothing.
      if (!req.destroyed) throw error;
    }
  });

  router.get('/audit/chains/:chain/entries/:seq', async (req, res) => {
    const credentials = await access.credentials(req);
    const { chain } = req.params;
    await requireChain(credentials, chain);
    const seq = parseOrRefuse(
      z.coerce.number().int().positive(),
      req.params.seq,
      'path',
    );
    const entry = await log.entry(chain, seq);
    if (!entry) {
      throw notFound('entry', `${chain}/${seq}`);
    }
    res.json(entry);
  });

  router.get('/audit/chains/:chain', async (req, res) => {
    const credentials = await access.credentials(req);
    await requireChain(credentials, req.params.chain);
    res.json(await loadRecord(knex, req.params.chain));
  });

  router.get('/audit/chains/:chain/verification', async (req, res) => {
    const credentials = await access.credentials(req);
    await requireChain(credentials, req.params.chain);
    res.json(await verifier.verify(req.params.chain));
  });

  router.post('/audit/erasures', async (req, res) => {
    const { credentials, person } = await access.personThemselves(req);
    await access.require(credentials, auditErasePermission);
    const { chain, entries, reason } = parseOrRefuse(
      ErasePayloadsRequest,
      req.body,
    );
    const done = await erasure.erase({
      chain,
      entries,
      reason,
      actor: person.userEntityRef,
    });
    res.json({ chain, ...done });
  });

  router.get('/workflows/:id/record', async (req, res) => {
    const credentials = await access.credentials(req);
    const { row } = await readable.workflow(credentials, req.params.id);
    await requireChain(credentials, row.id);
    res.setHeader(
      'content-disposition',
      `attachment; filename="record-${row.id}.json"`,
    );
    res.json(await loadRecord(knex, row.id));
  });

  router.get('/workflows/:id/record/verification', async (req, res) => {
    const credentials = await access.credentials(req);
    const { row } = await readable.workflow(credentials, req.params.id);
    await requireChain(credentials, row.id);
    res.json(await verifier.verify(row.id));
  });
}
