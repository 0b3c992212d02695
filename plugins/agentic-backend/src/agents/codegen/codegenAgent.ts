import { createAgent } from '@agentic-backstage/plugin-agentic-node';
import { CodegenInput, CodegenOutput } from './schema';
import { checkOwnWork } from './steps/checkOwnWork';
import { chooseTemplate } from './steps/chooseTemplate';
import { renderFiles } from './steps/renderFiles';

const ID = 'codegen';
const VERSION = '1.0.0';

/** Generates one part of a service from its template, checks it, and keeps it as an artifact. Changes nothing outside. */
export const codegenAgent = createAgent<CodegenInput, CodegenOutput>({
  id: ID,
  title: 'Code generation',
  description:
    'Renders the code, the infrastructure or the pipeline of a service and checks every file.',
  version: VERSION,
  input: CodegenInput,
  output: CodegenOutput,
  permissions: ['artifacts.write'],
  emits: ['codegen.completed'],
  tools: [],
  artifacts: 'required',
  async execute({ workflow, task, input, artifacts, emit, log }) {
    const { part } = input;
    const template = chooseTemplate(workflow.intent);
    const files = renderFiles({
      workflow,
      part,
      template,
      generator: `${ID} ${VERSION}`,
    });
    log.info(`Rendered ${files.length} files of ${template.title} (${part})`);
    const checks = await checkOwnWork(files);
    log.info(
      `Checked them: ${checks.passed} passed, ${checks.needsReview} have no checker or need a person`,
    );
    const { artifactId } = await artifacts.save({
      name: part,
      files,
      template: template.id,
      templateHash: template.hash,
    });
    emit('codegen.completed', {
      workflow_id: workflow.workflowId,
      task_id: task.taskId,
      service_name: workflow.intent.serviceName,
      artifact_id: artifactId,
      files: files.length,
    });
    return {
      artifactId,
      part,
      files: files.length,
      template: template.id,
      checks,
    };
  },
});
