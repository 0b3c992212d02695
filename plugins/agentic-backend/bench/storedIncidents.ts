import type { Knex } from 'knex';

/** Adds incidents, nearly all of them resolved. */
export async function storeIncidents(knex: Knex, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, i) => {
    const at = new Date(Date.now() - (count - i) * 3_600_000).toISOString();
    const isOpen = i % 50 === 0;
    return {
      id: `stored-incident-${i}`,
      fingerprint: `stored-${i}`,
      title: `Something went wrong with service ${i}`,
      source: 'effect_unknown',
      severity: 'high',
      status: isOpen ? 'acknowledged' : 'resolved',
      service_name: `cart-service-${i}`,
      environment: 'staging',
      links: '{}',
      occurrences: 1,
      reopened: 0,
      opened_by: 'system',
      opened_at: at,
      last_seen_at: at,
      responders: '[]',
      acknowledged_at: at,
      resolved_at: isOpen ? null : at,
      escalated_to: '[]',
    };
  });
  await knex.batchInsert('incidents', rows, 50);
}
