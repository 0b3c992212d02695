import type { PlanRevision } from '@agentic-backstage/plugin-agentic-common';
import Box from '@mui/material/Box';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { PlanDifferenceDetails } from '../approval/DifferenceDetails';
import { PersonName } from '../status/PersonName';
import { Section } from '../status/Section';
import { TimeText } from '../status/TimeText';

/** How a request was changed since it was made, newest first; nothing when it was not. */
export function RevisionList(props: { revisions: readonly PlanRevision[] }) {
  const { t } = useAgenticTranslation();
  if (props.revisions.length === 0) {
    return null;
  }
  return (
    <Section title={t('plan.revisions')}>
      {[...props.revisions].reverse().map(revision => (
        <Box key={revision.version} sx={{ mb: 1.5 }}>
          {t('plan.revision', {
            version: revision.version,
            person: <PersonName entityRef={revision.revisedBy} />,
            time: <TimeText value={revision.revisedAt} />,
            reason: revision.reason,
          })}
          <PlanDifferenceDetails difference={revision.difference} />
        </Box>
      ))}
    </Section>
  );
}
