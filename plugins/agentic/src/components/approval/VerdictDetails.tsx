import type { Verdict } from '@agentic-backstage/plugin-agentic-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { useShortened } from '../states/useShortened';
import { VERDICTS } from '../status/wording';
import { WordedPill } from '../status/WordedPill';

/** A verdict of policy with its reasons and violations. */
export function VerdictDetails(props: { verdict: Verdict }) {
  const { t } = useAgenticTranslation();
  const { verdict } = props;
  const reasons = useShortened(verdict.reasons, { first: 4, noun: 'reasons' });
  const violations = useShortened(verdict.violations, {
    first: 6,
    noun: 'findings',
  });
  return (
    <Box>
      <WordedPill wordings={VERDICTS} state={verdict.decision} />
      {verdict.reasons.length > 0 && (
        <Box component="ul" sx={{ pl: 2.5, my: 0.5 }}>
          {reasons.shown.map(reason => (
            <li key={reason}>{reason}</li>
          ))}
        </Box>
      )}
      {reasons.more}
      {verdict.violations.length > 0 && (
        <>
          <Typography variant="subtitle2" component="p">
            {t('approvals.findings')}
          </Typography>
          <Box component="ul" sx={{ pl: 2.5, my: 0.5 }}>
            {violations.shown.map((violation, index) => (
              <li key={`${violation.rule}-${index}`}>
                <strong>{t(`words.level.${violation.severity}`)}</strong>{' '}
                {violation.message} <code>{violation.rule}</code>{' '}
                {violation.file &&
                  (violation.line
                    ? t('approvals.inFileLine', {
                        file: violation.file,
                        line: String(violation.line),
                      })
                    : t('approvals.inFile', { file: violation.file }))}
                {violation.remedy && (
                  <Typography variant="body2" color="text.secondary">
                    {violation.remedy}
                  </Typography>
                )}
              </li>
            ))}
          </Box>
          {violations.more}
        </>
      )}
      {verdict.evaluators.length > 0 && (
        <Typography variant="body2" color="text.secondary">
          {t('approvals.judgedBy', {
            evaluators: verdict.evaluators.join(', '),
          })}
        </Typography>
      )}
    </Box>
  );
}
