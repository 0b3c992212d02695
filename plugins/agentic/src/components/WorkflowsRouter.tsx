import { Route, Routes } from 'react-router-dom';
import { WorkflowPage } from './workflow/WorkflowPage';
import { WorkflowsPage } from './workflows/WorkflowsPage';

/** The list of workflows and, below it, each of them. */
export function WorkflowsRouter() {
  return (
    <Routes>
      <Route index element={<WorkflowsPage />} />
      <Route path=":workflowId" element={<WorkflowPage />} />
    </Routes>
  );
}
