import {
  findTemplate,
  listTemplates,
  renderService,
  validateServiceSpec,
} from '@agentic-backstage/service-templates';
import { anIntent } from './__fixtures__/anIntent';
import { databaseDefaults } from './knowledge/awsListPrices';
import { toServiceSpec } from './__fixtures__/toServiceSpec';
import { CAPABILITIES } from './knowledge/capabilities';

/** The default of a variable of the Terraform that is generated for an environment. */
function terraformDefault(environment: string, variable: string): string {
  const spec = toServiceSpec(anIntent({ environment }));
  const template = findTemplate(spec);
  const files = renderService(spec, {
    parts: ['infrastructure'],
    provenance: {
      generator: 'planner-test',
      requestId: 'wf-1',
      requestedBy: 'user:default/ada',
      approvals: {},
      purpose: 'Compare the priced database with the generated one',
      template: template?.id ?? '',
      templateHash: template?.hash ?? '',
    },
  });
  const terraform = files.map(({ content }) => content).join('\n');
  const found = new RegExp(
    `variable "${variable}" \\{[^}]*?default\\s*=\\s*"?([^"\\n]+)`,
  ).exec(terraform);
  return found?.[1] ?? `no default for ${variable}`;
}

describe('the planner and the service templates', () => {
  it('offer the same languages, interfaces and databases', () => {
    const templates = listTemplates();

    expect(
      [...new Set(templates.map(({ language }) => language))].sort(),
    ).toEqual([...CAPABILITIES.language].sort());
    expect([...new Set(templates.map(({ pattern }) => pattern))]).toEqual(
      CAPABILITIES.pattern,
    );
    expect(
      [...new Set(templates.flatMap(({ databases }) => databases))].sort(),
    ).toEqual([...CAPABILITIES.database].sort());
  });

  it.each(['development', 'staging', 'production'])(
    'mean the same database in %s, so that the price is for what is generated',
    environment => {
      const { instanceClass, storageGigabytes } = databaseDefaults(environment);

      expect(terraformDefault(environment, 'instance_class')).toBe(
        instanceClass,
      );
      expect(terraformDefault(environment, 'allocated_storage_gib')).toBe(
        String(storageGigabytes),
      );
    },
  );

  it.each(['user-service', 'abc', 'x'.repeat(40), 'a--b', 'orders2'])(
    'agree that %s is a name',
    serviceName => {
      expect(
        validateServiceSpec(toServiceSpec(anIntent({ serviceName }))),
      ).toMatchObject({ ok: true });
    },
  );
});
