import type { CriticVerdict } from '@agentic-backstage/plugin-agentic-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { useShortened } from '../states/useShortened';
import { TimeText } from '../status/TimeText';
import { CRITIC_DECISIONS } from '../status/wording';
import { WordedPill } from '../status/WordedPill';

/** What the critic said about a task's effects or output: decision, findings, rules asked, and until when it holds. */
export function CriticDetails(props: { verdict: CriticVerdict }) {
  const { t } = useAgenticTranslation();
  const { verdict } = props;
  const { shown, more } = useShortened(verdict.findings, {
    first: 5,
    noun: 'findings',
  });
  return (
    <Box sx={{ my: 1 }}>
      <WordedPill wordings={CRITIC_DECISIONS} state={verdict.decision} />{' '}
      {verdict.stage === 'effects'
        ? t('approvals.aboutEffects')
        : t('approvals.aboutOutput', { task: verdict.taskId })}
      {verdict.findings.length > 0 && (
        <Box component="ul" sx={{ pl: 2.5, my: 0.5 }}>
          {shown.map((finding, index) => (
            <li key={`${finding.rule}-${index}`}>
              <strong>
                {t('approvals.criticFinding', {
                  weight: t(`words.finding.${finding.decision}`),
                })}
              </strong>{' '}
              {finding.reason} <code>{finding.rule}</code>
              {finding.remedy && (
                <Typography variant="body2" color="text.secondary">
                  {finding.remedy}
                </Typography>
              )}
            </li>
          ))}
        </Box>
      )}
      {more}
      <Typography variant="body2" color="text.secondary">
        {t('approvals.criticRules', {
          total: verdict.rules.length,
          time: <TimeText value={verdict.expiresAt} />,
        })}
      </Typography>
    </Box>
  );
}
