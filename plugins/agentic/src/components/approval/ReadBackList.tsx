import type { Effect } from '@agentic-backstage/plugin-agentic-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { TimeText } from '../status/TimeText';
import { EFFECTS, READ_BACKS } from '../status/wording';
import { WordedPill } from '../status/WordedPill';

/** What an independent look at the world found of each effect, or that nobody has looked yet. */
export function ReadBackList(props: { effects: readonly Effect[] }) {
  const { t } = useAgenticTranslation();
  const begun = props.effects.filter(({ status }) => status !== 'proposed');
  if (begun.length === 0) {
    return <Typography>{t('approvals.notCarriedOut')}</Typography>;
  }
  return (
    <Box component="ul" sx={{ listStyle: 'none', p: 0, my: 0.5 }}>
      {begun.map(({ effectId, tool, status, readBack }) => (
        <Box component="li" key={effectId} sx={{ py: 0.5 }}>
          <code>{tool}</code>{' '}
          {readBack ? (
            <>
              <WordedPill wordings={READ_BACKS} state={readBack.state} />{' '}
              {t('approvals.readBack', {
                evidence: readBack.evidence,
                time: <TimeText value={readBack.observedAt} />,
              })}
            </>
          ) : (
            <WordedPill wordings={EFFECTS} state={status} />
          )}
        </Box>
      ))}
    </Box>
  );
}
