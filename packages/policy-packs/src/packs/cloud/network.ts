import type { Resource } from '../../documents/Resource';
import { Unknown } from '../../documents/Value';
import type {
  CheckFinding,
  PolicyRule,
  RuleCheck,
} from '../../rules/PolicyRule';
import { WORLD } from './Opening';
import type { Opening } from './Opening';
import { OPENINGS } from './networkOpenings';

function openToWorld(
  resource: Resource,
  isMeant: (ports: Opening['ports']) => boolean,
): readonly CheckFinding[] {
  return OPENINGS[resource.type](resource.attributes).flatMap(
    (opening): CheckFinding[] => {
      const line = resource.lineOf(opening.path) ?? resource.line;
      if (!isMeant(opening.ports)) {
        return [];
      }
      const open = opening.sources.find(
        source => !(source instanceof Unknown) && WORLD.test(String(source)),
      );
      if (open !== undefined) {
        return [
          { line, message: `${resource.address} lets in ${String(open)}` },
        ];
      }
      return opening.sources.some(source => source instanceof Unknown)
        ? [{ line, unknown: true }]
        : [];
    },
  );
}

const includes = (port: number) => (ports: Opening['ports']) =>
  ports.some(([from, to]) => from <= port && port <= to);

const PLATFORMS = ['terraform', 'cloudformation', 'kubernetes'] as const;

const networkRule = (
  id: string,
  topics: readonly string[],
  title: string,
  isMeant: (ports: Opening['ports']) => boolean,
): PolicyRule => ({
  id: `network-open-ingress-${id}`,
  category: 'network-open-ingress',
  severity: 'high',
  topics,
  title,
  remedy: 'Name the networks that may come in, and leave the rest out',
  checks: PLATFORMS.map(
    (platform): RuleCheck => ({
      platform,
      types: Object.keys(OPENINGS),
      find: resource => openToWorld(resource, isMeant),
    }),
  ),
});

/** Rules against networks that are open to the world. */
export const NETWORK_RULES: readonly PolicyRule[] = [
  networkRule('any', ['any'], 'No firewall lets everybody in', () => true),
  networkRule('ssh', ['ssh'], 'Nobody reaches SSH from anywhere', includes(22)),
  networkRule(
    'rdp',
    ['rdp'],
    'Nobody reaches remote desktops from anywhere',
    includes(3389),
  ),
];
