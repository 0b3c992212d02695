import { isList, isObject } from '../../documents/Value';
import type { ValueObject } from '../../documents/Value';
import {
  ALL_PORTS,
  values,
  portRange,
  fromTo,
  blocks,
  inBlocks,
  single,
} from './Opening';
import type { Opening, ReadOpenings } from './Opening';

const awsRule = (block: ValueObject) => ({
  sources: values(
    block,
    'cidr_blocks',
    'ipv6_cidr_blocks',
    'cidr_block',
    'ipv6_cidr_block',
    'cidr_ipv4',
    'cidr_ipv6',
  ),
  ports: fromTo(
    block,
    'from_port',
    'to_port',
    'ip_protocol' in block ? 'ip_protocol' : 'protocol',
  ),
});
const cfnRule = (block: ValueObject) => ({
  sources: values(block, 'CidrIp', 'CidrIpv6'),
  ports: fromTo(block, 'FromPort', 'ToPort', 'IpProtocol'),
});
const azureRule = (block: ValueObject) =>
  /^inbound$/i.test(String(block.direction)) &&
  /^allow$/i.test(String(block.access))
    ? {
        sources: values(
          block,
          'source_address_prefix',
          'source_address_prefixes',
        ),
        ports: values(
          block,
          'destination_port_range',
          'destination_port_ranges',
        ).flatMap(portRange),
      }
    : undefined;
const isIngress = (block: ValueObject, name: string) =>
  /^(?:ingress|in|inbound)$/i.test(String(block[name] ?? 'ingress'));

const googleFirewall = single(block => {
  const allowed = blocks(block, 'allow');
  return isIngress(block, 'direction') &&
    allowed.length > 0 &&
    block.disabled !== true
    ? {
        sources: values(block, 'source_ranges'),
        ports: allowed.flatMap(({ block: one }) =>
          isList(one.ports) ? one.ports.flatMap(portRange) : ALL_PORTS,
        ),
      }
    : undefined;
});

const networkPolicy = (
  spec: ValueObject,
  list: string,
  from: string,
  ipBlock: string,
): readonly Opening[] =>
  blocks(spec, list).flatMap(({ block, path }) => [
    {
      sources: values(block, `${from}.${ipBlock}.cidr`),
      ports: ALL_PORTS,
      path: ['spec', ...path],
    },
  ]);

const databaseFirewall = single(block => ({
  sources:
    block.start_ip_address === '0.0.0.0' && block.end_ip_address !== '0.0.0.0'
      ? ['0.0.0.0/0']
      : [],
  ports: ALL_PORTS,
}));

/** How the openings of each type are read. */
export const OPENINGS: Readonly<Record<string, ReadOpenings>> = {
  aws_security_group: inBlocks('ingress', awsRule),
  aws_default_security_group: inBlocks('ingress', awsRule),
  aws_security_group_rule: single(block =>
    isIngress(block, 'type') ? awsRule(block) : undefined,
  ),
  aws_vpc_security_group_ingress_rule: single(awsRule),
  aws_network_acl_rule: single(block =>
    block.egress !== true && /allow/i.test(String(block.rule_action))
      ? awsRule(block)
      : undefined,
  ),
  aws_network_acl: inBlocks('ingress', block =>
    /allow/i.test(String(block.action)) ? awsRule(block) : undefined,
  ),
  aws_default_network_acl: inBlocks('ingress', block =>
    /allow/i.test(String(block.action)) ? awsRule(block) : undefined,
  ),
  'AWS::EC2::SecurityGroup': inBlocks('SecurityGroupIngress', cfnRule),
  'AWS::EC2::SecurityGroupIngress': single(cfnRule),
  'AWS::EC2::NetworkAclEntry': single(block =>
    block.Egress !== true && /allow/i.test(String(block.RuleAction))
      ? {
          sources: values(block, 'CidrBlock', 'Ipv6CidrBlock'),
          ports: ALL_PORTS,
        }
      : undefined,
  ),
  azurerm_network_security_rule: single(azureRule),
  azurerm_network_security_group: inBlocks('security_rule', azureRule),
  google_compute_firewall: googleFirewall,
  google_compute_firewall_policy_rule: single(block =>
    isIngress(block, 'direction') && block.action === 'allow'
      ? {
          sources: values(block, 'match.src_ip_ranges'),
          ports: values(block, 'match.layer4_configs.ports').flatMap(portRange),
        }
      : undefined,
  ),
  digitalocean_firewall: inBlocks('inbound_rule', block => ({
    sources: values(block, 'source_addresses'),
    ports: portRange(block.port_range ?? '*'),
  })),
  nifcloud_security_group_rule: single(block =>
    isIngress({ type: String(block.type ?? 'IN') }, 'type')
      ? {
          sources: values(block, 'cidr_ip'),
          ports: fromTo(block, 'from_port', 'to_port'),
        }
      : undefined,
  ),
  nifcloud_db_security_group: inBlocks('rule', block => ({
    sources: values(block, 'cidr_ip'),
    ports: ALL_PORTS,
  })),
  nifcloud_nas_security_group: inBlocks('rule', block => ({
    sources: values(block, 'cidr_ip'),
    ports: ALL_PORTS,
  })),
  openstack_networking_secgroup_rule_v2: single(block =>
    isIngress(block, 'direction')
      ? {
          sources: values(block, 'remote_ip_prefix'),
          ports: fromTo(block, 'port_range_min', 'port_range_max'),
        }
      : undefined,
  ),
  openstack_compute_secgroup_v2: inBlocks('rule', block => ({
    sources: values(block, 'cidr'),
    ports: fromTo(block, 'from_port', 'to_port', 'ip_protocol'),
  })),
  openstack_fw_rule_v1: single(block =>
    block.action === 'allow' && block.enabled !== false
      ? {
          sources: [block.source_ip_address ?? '0.0.0.0/0'],
          ports: portRange(block.destination_port ?? '*'),
        }
      : undefined,
  ),
  alicloud_security_group_rule: single(block =>
    isIngress(block, 'type') && block.policy !== 'drop'
      ? {
          sources: values(block, 'cidr_ip', 'ipv6_cidr_ip'),
          ports: portRange(
            block.port_range === '-1/-1' ? '*' : block.port_range ?? '*',
          ),
        }
      : undefined,
  ),
  oci_core_security_list: inBlocks('ingress_security_rules', block => ({
    sources: values(block, 'source'),
    ports: fromTo(
      {
        ...(isObject(values(block, 'tcp_options')[0])
          ? (values(block, 'tcp_options')[0] as ValueObject)
          : {}),
        protocol: block.protocol ?? 'all',
      },
      'min',
      'max',
    ),
  })),
  oci_core_network_security_group_security_rule: single(block =>
    isIngress(block, 'direction')
      ? {
          sources: values(block, 'source'),
          ports: [
            ...values(block, 'tcp_options.destination_port_range.min'),
          ].flatMap(portRange),
        }
      : undefined,
  ),
  yandex_vpc_security_group: inBlocks('ingress', block => ({
    sources: values(block, 'v4_cidr_blocks', 'v6_cidr_blocks'),
    ports:
      block.port === undefined
        ? fromTo(block, 'from_port', 'to_port')
        : portRange(block.port),
  })),
  yandex_vpc_security_group_rule: single(block =>
    isIngress(block, 'direction')
      ? {
          sources: values(block, 'v4_cidr_blocks', 'v6_cidr_blocks'),
          ports:
            block.port === undefined
              ? fromTo(block, 'from_port', 'to_port')
              : portRange(block.port),
        }
      : undefined,
  ),
  linode_firewall: inBlocks('inbound', block =>
    /accept/i.test(String(block.action))
      ? {
          sources: values(block, 'ipv4', 'ipv6'),
          ports: portRange(block.ports ?? '*'),
        }
      : undefined,
  ),
  hcloud_firewall: inBlocks('rule', block =>
    isIngress(block, 'direction')
      ? {
          sources: values(block, 'source_ips'),
          ports: portRange(block.port ?? '*'),
        }
      : undefined,
  ),
  kubernetes_network_policy: attributes =>
    blocks(attributes, 'spec').flatMap(({ block }) =>
      networkPolicy(block, 'ingress', 'from', 'ip_block'),
    ),
  kubernetes_network_policy_v1: attributes =>
    blocks(attributes, 'spec').flatMap(({ block }) =>
      networkPolicy(block, 'ingress', 'from', 'ip_block'),
    ),
  NetworkPolicy: attributes =>
    blocks(attributes, 'spec').flatMap(({ block }) =>
      networkPolicy(block, 'ingress', 'from', 'ipBlock'),
    ),
  azurerm_mssql_firewall_rule: databaseFirewall,
  azurerm_sql_firewall_rule: databaseFirewall,
  azurerm_mysql_firewall_rule: databaseFirewall,
  azurerm_postgresql_firewall_rule: databaseFirewall,
  azurerm_postgresql_flexible_server_firewall_rule: databaseFirewall,
  azurerm_mysql_flexible_server_firewall_rule: databaseFirewall,
};
