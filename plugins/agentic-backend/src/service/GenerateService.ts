import {
  CreateWorkflowRequest,
  SYSTEM_CHAIN,
  type GenerateRequest,
  type GenerateResponse,
} from '@agentic-backstage/plugin-agentic-common';
import {
  findTemplate,
  renderService,
  type Provenance,
  type ServicePart,
} from '@agentic-backstage/service-templates';
import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { recordAlone } from '../changeRecord/ChangeRecord';
import { describeFiles } from '../database/artifactFiles';
import type { PolicyDecisionPoint } from '../runtime/PolicyDecisionPoint';
import { planIsIntact } from '../runtime/planHash';
import type { Requester, WorkflowService } from './WorkflowService';

const PARTS: readonly ServicePart[] = [
  'repository',
  'infrastructure',
  'pipeline',
];

/** Renders a service and has it judged, without keeping anything. */
export class GenerateService {
  constructor(
    private readonly options: {
      workflows: WorkflowService;
      policy: PolicyDecisionPoint;
      knex: Knex;
    },
  ) {}

  /** Throws `RequestRefused` for the same requests that starting a workflow refuses. */
  async generate(
    request: GenerateRequest,
    requester: Requester,
  ): Promise<GenerateResponse> {
    const plan = await this.options.workflows.preview(
      CreateWorkflowRequest.parse({
        template: request.template,
        parameters: request.parameters,
        // Nothing is changed, so there is nothing to give a reason for.
        changeReason: 'Generated to look at',
        dryRun: true,
      }),
      requester,
    );
    if (!planIsIntact(plan)) {
      throw new Error('The plan does not have the hash it was sealed with');
    }
    const { intent } = plan;
    const template = findTemplate(intent);
    if (!template) {
      throw new Error(
        `The planner accepted ${intent.language} with ${intent.database}, which no template renders`,
      );
    }
    const provenance: Provenance = {
      generator: 'Agentic Framework for Backstage',
      requestId: `generate-${randomUUID()}`,
      requestedBy: requester.userEntityRef,
      approvals: {},
      purpose: intent.description,
      planHash: plan.planHash,
      template: template.id,
      templateHash: template.hash,
    };
    const rendered = renderService(
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
      { parts: request.parts ?? PARTS, provenance },
    );
    const files = rendered.map(file => ({
      path: file.path,
      content: file.content,
      executable: file.mode === 0o755,
    }));
    const { artifactId, files: described } = describeFiles(files);
    const digests = new Map(described.map(file => [file.path, file.digest]));
    const verdict = await this.options.policy.decide({
      kind: 'artifact',
      environment: intent.environment,
      files,
    });
    await recordAlone(this.options.knex, {
      chain: SYSTEM_CHAIN,
      kind: 'files.generated',
      actor: requester.userEntityRef,
      subject: `artifact:${artifactId}`,
      payload: { provenance, verdict: verdict.decision, files: described },
    });
    return {
      artifactId,
      verdict,
      files: files.map(file => ({ ...file, digest: digests.get(file.path)! })),
    };
  }
}
