import { prettier } from '../sources.mjs';
import { auditEventsPage } from './auditEvents.mjs';
import { configurationPage } from './configuration.mjs';
import { eventsPage } from './events.mjs';
import { permissionsPage } from './permissions.mjs';

const PAGES = {
  'docs/reference/audit-events.md': auditEventsPage,
  'docs/reference/configuration.md': configurationPage,
  'docs/reference/events.md': eventsPage,
  'docs/reference/permissions.md': permissionsPage,
};

/** The pages that are made of declarations, by file, formatted as the repository wants it. */
export function referencePages() {
  return new Map(
    Object.entries(PAGES).map(([file, page]) => [
      file,
      prettier.format(page(), {
        ...prettier.resolveConfig.sync(file),
        filepath: file,
      }),
    ]),
  );
}
