'use strict';

const KINDS = ['bucket', 'database', 'network', 'function', 'queue', 'role'];

const HELPERS = `package lib

resources[kind] contains resource if {
	some resource in input.resources
	kind := resource.type
}

tags(resource) := object.get(resource.values, "tags", {})

has_tag(resource, name) if tags(resource)[name]

flag(resource, name) if resource.values[name] == true

open_to_all(rule) if {
	some block in rule.cidr_blocks
	net.cidr_contains(block, "0.0.0.0/0")
}
`;

/** The shapes that rules of real packs have. */
const SHAPES = [
  (kind, n) => `deny contains finding if {
	some resource in lib.resources["${kind}"]
	not lib.flag(resource, "f${n % 20}")
	finding := {"rule": "R${n}", "resource": resource.name}
}`,
  (kind, n) => `deny contains finding if {
	some resource in input.resources
	resource.type == "${kind}"
	resource.values.size > ${n}
	not lib.has_tag(resource, "t${n % 7}")
	message := sprintf("%s is larger than %d", [resource.name, ${n}])
	finding := {"rule": "R${n}", "resource": resource.name, "message": message}
}`,
  (kind, n) => `deny contains finding if {
	some resource in lib.resources["${kind}"]
	some rule in resource.values.rules
	rule.port == ${n % 30}
	lib.open_to_all(rule)
	finding := {"rule": "R${n}", "resource": resource.name}
}`,
  (
    kind,
    n,
  ) => `names_${n} := {resource.name | some resource in lib.resources["${kind}"]; startswith(resource.name, "n${
    n % 9
  }")}

deny contains finding if {
	count(names_${n}) > ${n % 5}
	finding := {"rule": "R${n}", "resources": concat(",", sort(names_${n}))}
}`,
  (kind, n) => `deny contains finding if {
	some resource in lib.resources["${kind}"]
	every rule in resource.values.rules { rule.port != ${n % 30} }
	regex.match(\`^n[0-${n % 9}]+-\`, resource.name)
	finding := {"rule": "R${n}", "resource": resource.name}
}`,
  (kind, n) => `deny contains {"rule": "R${n}"} if {
	input.environment == "e${n}"
	input.resources[_].type == "${kind}"
}`,
];

/** The modules of a pack with that many rules. */
function bundle(rules) {
  const perModule = 30;
  const modules = [HELPERS];
  for (let from = 0; from < rules; from += perModule) {
    const own = Array.from(
      { length: Math.min(perModule, rules - from) },
      (_, i) =>
        SHAPES[i % SHAPES.length](KINDS[(from + i) % KINDS.length], from + i),
    );
    modules.push(
      ['package checks', 'import data.lib', ...own, ''].join('\n\n'),
    );
  }
  return modules;
}

/** A plan with that many resources. */
function plan(count) {
  const resources = Array.from({ length: count }, (_, i) => ({
    name: `n${i % 10}-${i}`,
    type: KINDS[i % KINDS.length],
    values: {
      size: (i * 37) % 400,
      tags: Object.fromEntries(
        Array.from({ length: i % 5 }, (__, n) => [`t${n}`, 'yes']),
      ),
      ...Object.fromEntries(
        Array.from({ length: 20 }, (__, n) => [`f${n}`, (i + n) % 3 !== 0]),
      ),
      rules: Array.from({ length: i % 4 }, (__, n) => ({
        port: (i + n) % 40,
        cidr_blocks: [i % 11 ? '10.0.0.0/8' : '0.0.0.0/0'],
      })),
    },
  }));
  return { environment: 'e5', resources };
}

module.exports = { bundle, plan };
