import type { Approval } from '@agentic-backstage/plugin-agentic-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { VERDICTS } from '../status/wording';
import { WordedPill } from '../status/WordedPill';
import { DryRunDetails } from './DryRunDetails';
import { VerdictDetails } from './VerdictDetails';

/** Every operation of an approval: what it would do, how policy judged it, and what comes of policy and critic together. */
export function OperationList(props: {
  operations: Approval['dryRunResults'];
}) {
  const { t } = useAgenticTranslation();
  const { operations } = props;
  return (
    <>
      {operations.map(result => (
        <Box
          key={result.effectId}
          sx={{ borderLeft: 3, borderColor: 'divider', pl: 2, my: 1.5 }}
        >
          <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', mb: 0.5 }}>
            <Typography component="h6" variant="subtitle2" sx={{ m: 0 }}>
              <code>{result.tool}</code>
            </Typography>
            {result.outcome && (
              <span
                role="note"
                aria-label={t('approvals.operationOutcome', {
                  tool: result.tool,
                })}
              >
                <WordedPill wordings={VERDICTS} state={result.outcome} />
              </span>
            )}
          </Box>
          <DryRunDetails dryRun={result} />
          <Box sx={{ mt: 1 }}>
            <VerdictDetails verdict={result.verdict} />
          </Box>
        </Box>
      ))}
      {operations.length > 1 && (
        <Typography variant="body2" color="text.secondary">
          {t('approvals.allTogether', { total: operations.length })}
        </Typography>
      )}
    </>
  );
}
