import type {
  ArtifactFileInput,
  AgentContext,
} from '@agentic-backstage/plugin-agentic-node';
import {
  renderService,
  type TemplateDescriptor,
} from '@agentic-backstage/service-templates';
import { InputError } from '@backstage/errors';
import type { CodegenInput } from '../schema';

/** Renders one part of the service a workflow asks for. The same workflow gives the same bytes each time. */
export function renderFiles(options: {
  workflow: AgentContext<CodegenInput>['workflow'];
  part: CodegenInput['part'];
  template: TemplateDescriptor;
  generator: string;
}): ArtifactFileInput[] {
  const { workflow, part, template, generator } = options;
  const { intent } = workflow;
  const files = renderService(
    {
      name: intent.serviceName,
      description: intent.description,
      owner: intent.owner,
      language: intent.language,
      pattern: intent.pattern,
      database: intent.database,
      environment: intent.environment,
      port: intent.port,
      highAvailability: intent.highAvailability,
    },
    {
      parts: [part],
      provenance: {
        generator,
        requestId: workflow.workflowId,
        requestedBy: workflow.requestedBy,
        // Nothing is published before it is approved, and the approval covers these very bytes: the
        // file can name the record of the signatures, not the signatures.
        approvals: {
          strategic: `on record in ${workflow.workflowId}`,
          final: `on record in ${workflow.workflowId}`,
        },
        purpose: intent.description,
        planHash: workflow.planHash,
        template: template.id,
        templateHash: template.hash,
      },
    },
  );
  if (files.length === 0) {
    throw new InputError(
      `Template ${template.id} has no ${part} files for database '${intent.database}'; leave this task out of the plan`,
    );
  }
  return files.map(({ path, content, mode }) => ({
    path,
    content,
    executable: mode === 0o755,
  }));
}
