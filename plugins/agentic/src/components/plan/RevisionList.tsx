import type { PlanRevision } from '@agentic-backstage/plugin-agentic-common';
import Box from '@mui/material/Box';
import { PlanDifferenceDetails } from '../approval/DifferenceDetails';
import { PersonName } from '../status/PersonName';
import { Section } from '../status/Section';
import { TimeText } from '../status/TimeText';

/** How a request was changed since it was made, newest first; nothing when it was not. */
export function RevisionList(props: { revisions: readonly PlanRevision[] }) {
  if (props.revisions.length === 0) {
    return null;
  }
  return (
    <Section title="Changes of the request">
      {[...props.revisions].reverse().map(revision => (
        <Box key={revision.version} sx={{ mb: 1.5 }}>
          Version {revision.version}, by{' '}
          <PersonName entityRef={revision.revisedBy} />,{' '}
          <TimeText value={revision.revisedAt} />: “{revision.reason}”
          <PlanDifferenceDetails difference={revision.difference} />
        </Box>
      ))}
    </Section>
  );
}
