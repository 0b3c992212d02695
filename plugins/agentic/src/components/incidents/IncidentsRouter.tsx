import { Route, Routes } from 'react-router-dom';
import { IncidentPage } from './IncidentPage';
import { IncidentsPage } from './IncidentsPage';

/** The list of incidents and, below it, each of them. */
export function IncidentsRouter() {
  return (
    <Routes>
      <Route index element={<IncidentsPage />} />
      <Route path=":incidentId" element={<IncidentPage />} />
    </Routes>
  );
}
