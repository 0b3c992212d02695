import fs from 'node:fs';
import { filesBelow } from '../documents.mjs';
import { builtInAgents, common, typescript, z } from '../sources.mjs';
import { docOf } from './docOf.mjs';
import { code, pageOf, table, writtenFrom } from './markdown.mjs';

const SOURCE = 'plugins/agentic-common/src/events.ts';
const BACKEND = 'plugins/agentic-backend/src';

/** What the comment before each event says. */
function docsOfEvents() {
  const docs = new Map();
  const visit = node => {
    if (
      typescript.isPropertyAssignment(node) &&
      typescript.isStringLiteral(node.name)
    ) {
      docs.set(node.name.text, docOf(typescript, node).text);
    }
    typescript.forEachChild(node, visit);
  };
  visit(
    typescript.createSourceFile(
      SOURCE,
      fs.readFileSync(SOURCE, 'utf8'),
      typescript.ScriptTarget.Latest,
      true,
    ),
  );
  return docs;
}

/** A type of a JSON schema as people say it. */
function typeOf(schema) {
  if (schema.enum) return schema.enum.map(code).join(' or ');
  if (schema.type === 'array') return `list of ${typeOf(schema.items)}`;
  if (schema.type === 'object') return 'object';
  const atLeast = schema.exclusiveMinimum === 0 ? ', above 0' : '';
  return schema.type === 'integer' ? `whole number${atLeast}` : schema.type;
}

function fieldsOf(schema, prefix = '') {
  return Object.entries(schema.properties).flatMap(([name, property]) => {
    const inner =
      property.type === 'array' && property.items.type === 'object'
        ? fieldsOf(property.items, `${prefix}${name}[].`)
        : [];
    return [
      [
        code(`${prefix}${name}`),
        typeOf(property),
        schema.required?.includes(name) ? 'always' : 'where it applies',
        property.description,
      ],
      ...inner,
    ];
  });
}

/** Who publishes an event: agents that declare it, the host whose sources name it, or nobody. */
function publishers(type, hostSources) {
  const agents = builtInAgents
    .filter(({ emits }) => emits.includes(type))
    .map(({ id }) => `the agent [${id}](../agents/${id}.md)`);
  if (agents.length > 0) return agents.join(', ');
  return hostSources.includes(`'${type}'`) ? 'the host' : 'nobody yet';
}

/** `docs/reference/events.md` */
export function eventsPage() {
  const docs = docsOfEvents();
  const hostSources = filesBelow(BACKEND, /(?<!\.test)\.ts$/)
    .filter(file => !file.startsWith(`${BACKEND}/agents/`))
    .map(file => fs.readFileSync(file, 'utf8'))
    .join('\n');
  const sections = Object.entries(common.EVENT_DETAILS)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([type, detail]) => {
      if (!docs.get(type)) {
        throw new Error(
          `Say before '${type}' in ${SOURCE} when it is published`,
        );
      }
      const { metadata, ...properties } = z.toJSONSchema(detail).properties;
      if (!metadata) {
        throw new Error(`'${type}' in ${SOURCE} has no metadata`);
      }
      return [
        `## ${type}`,
        `${docs.get(type)} Published by ${publishers(type, hostSources)}.`,
        table(
          ['field', 'type', 'there', 'meaning'],
          fieldsOf({ ...z.toJSONSchema(detail), properties }),
        ),
      ];
    });
  return pageOf(
    '# Events reference',
    writtenFrom(`\`EVENT_DETAILS\` in \`${SOURCE}\``),
    `Every event on the topic ${code(
      common.AGENTIC_EVENTS_TOPIC,
    )}, with the fields of its \`detail\`. A field that is not here is refused when the event is made. The envelope, how events are delivered and how to consume them is in [events](../events.md).`,
    '## metadata',
    'In the `detail` of every event. The schemas leave it optional; the framework always sends it.',
    table(
      ['field', 'type', 'there', 'meaning'],
      fieldsOf(z.toJSONSchema(common.EventMetadata)),
    ),
    ...sections,
  );
}
