import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { METRICS, prometheusName, type MetricDeclaration } from './metricTable';

const DOCS = path.resolve(__dirname, '../../../../docs');
const DECLARED: ReadonlyMap<string, MetricDeclaration> = new Map(
  Object.values(METRICS).map(metric => [prometheusName(metric), metric]),
);
/** Labels that Prometheus adds by itself. */
const ADDED = ['le', 'instance'];

interface Query {
  readonly at: string;
  readonly expr: string;
}

const read = (file: string) => readFileSync(path.join(DOCS, file), 'utf8');

function dashboards(): Query[] {
  return readdirSync(path.join(DOCS, 'dashboards'))
    .filter(file => file.endsWith('.json'))
    .flatMap(file => {
      const { panels }: { panels: { title: string; targets: Query[] }[] } =
        JSON.parse(read(`dashboards/${file}`));
      return panels.flatMap(({ title, targets }) =>
        targets.map(({ expr }) => ({ at: `${file}, ${title}`, expr })),
      );
    });
}

function rules(): (Query & { readonly alert: string })[] {
  const { groups }: { groups: { rules: { alert: string; expr: string }[] }[] } =
    parse(read('dashboards/alerts.yaml'));
  return groups
    .flatMap(group => group.rules)
    .map(({ alert, expr }) => ({ at: alert, alert, expr }));
}

/** The metrics of a query, each with the labels it is narrowed by. */
function metricsIn({ expr }: Query): { name: string; labels: string[] }[] {
  return [...expr.matchAll(/\b(agentic_\w+)(?:\{([^}]*)\})?/g)].map(
    ([, name, filter = '']) => ({
      name,
      labels: [...filter.matchAll(/(\w+)\s*[=!]/g)].map(([, label]) => label),
    }),
  );
}

function declarationOf(name: string): MetricDeclaration | undefined {
  const exact = DECLARED.get(name);
  const histogram = DECLARED.get(name.replace(/_(bucket|sum|count)$/, ''));
  return exact ?? (histogram?.type === 'histogram' ? histogram : undefined);
}

describe('dashboards and alert rules', () => {
  const queries = [...dashboards(), ...rules()];

  it('ask for metrics that there are, by labels that they have', () => {
    expect(queries.length).toBeGreaterThan(40);
    const problems = queries.flatMap(query => {
      const found = metricsIn(query).map(({ name, labels }) => ({
        name,
        labels,
        metric: declarationOf(name),
      }));
      const known = found.flatMap(({ metric }) => metric?.labels ?? []);
      const grouped = [...query.expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(
        ([, list]) => list.split(/\s*,\s*/),
      );
      return [
        ...found
          .filter(({ metric }) => !metric)
          .map(({ name }) => `${query.at}: ${name}`),
        ...found.flatMap(({ name, labels, metric }) =>
          labels
            .filter(label => !metric?.labels.includes(label))
            .map(label => `${query.at}: ${name} by ${label}`),
        ),
        ...grouped
          .filter(label => ![...known, ...ADDED].includes(label))
          .map(label => `${query.at}: by ${label}`),
      ];
    });
    expect(problems).toEqual([]);
  });

  it('add up what each process counts, and not what all read from the database', () => {
    const problems = queries.filter(query =>
      metricsIn(query).some(
        ({ name }) =>
          declarationOf(name)?.of === 'portal' && /\bsum\b/.test(query.expr),
      ),
    );
    expect(problems).toEqual([]);
  });

  it('show every metric somewhere', () => {
    const shown = new Set(
      queries.flatMap(metricsIn).map(({ name }) => declarationOf(name)),
    );
    expect(
      [...DECLARED.entries()]
        .filter(([, metric]) => !shown.has(metric))
        .map(([name]) => name),
    ).toEqual([]);
  });

  it('have advice for every alert', () => {
    const advice = read('troubleshooting.md');
    expect(
      rules()
        .map(({ alert }) => alert)
        .filter(alert => !advice.includes(`\`${alert}\``)),
    ).toEqual([]);
  });
});

describe('docs/metrics.md', () => {
  it('tells of every metric as it is declared, and of no other', () => {
    const rows = read('metrics.md')
      .split('\n')
      .filter(line => line.startsWith('| `agentic_'))
      .map(line =>
        line
          .slice(1, -1)
          .split('|')
          .map(cell => cell.trim()),
      );
    expect(rows).toEqual(
      [...DECLARED.entries()].map(([name, { type, labels, of, help }]) => [
        `\`${name}\``,
        type,
        labels.map(label => `\`${label}\``).join(', '),
        of,
        help,
      ]),
    );
  });
});

describe('the advice of docs/troubleshooting.md', () => {
  it('is there for every kind of finding of the doctor', () => {
    const checks = path.resolve(__dirname, '../doctor/checks');
    const source = readdirSync(checks)
      .map(file => readFileSync(path.join(checks, file), 'utf8'))
      .join('\n');
    const ids = new Set(
      [
        ...source.matchAll(
          /(?:\b(?:fine|warning|broken|skipped)\(\s*|const ID = )'(\w+\.\w+)'/g,
        ),
      ].map(([, id]) => id),
    );
    const advice = read('troubleshooting.md');
    expect(ids.size).toBeGreaterThan(20);
    expect([...ids].filter(id => !advice.includes(`\`${id}\``))).toEqual([]);
  });
});
