import type { Verdict } from '@agentic-backstage/plugin-agentic-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { VERDICTS } from '../status/wording';
import { WordedPill } from '../status/WordedPill';

/** A verdict of policy with its reasons and violations. */
export function VerdictDetails(props: { verdict: Verdict }) {
  const { verdict } = props;
  return (
    <Box>
      <WordedPill wordings={VERDICTS} state={verdict.decision} />
      {verdict.reasons.length > 0 && (
        <Box component="ul" sx={{ pl: 2.5, my: 0.5 }}>
          {verdict.reasons.map(reason => (
            <li key={reason}>{reason}</li>
          ))}
        </Box>
      )}
      {verdict.violations.length > 0 && (
        <>
          <Typography variant="subtitle2" component="p">
            Findings
          </Typography>
          <Box component="ul" sx={{ pl: 2.5, my: 0.5 }}>
            {verdict.violations.map((violation, index) => (
              <li key={`${violation.rule}-${index}`}>
                <strong>{violation.severity}</strong> {violation.message}{' '}
                <code>{violation.rule}</code>
                {violation.file &&
                  ` in ${violation.file}${
                    violation.line ? `:${violation.line}` : ''
                  }`}
                {violation.remedy && (
                  <Typography variant="body2" color="text.secondary">
                    {violation.remedy}
                  </Typography>
                )}
              </li>
            ))}
          </Box>
        </>
      )}
      {verdict.evaluators.length > 0 && (
        <Typography variant="body2" color="text.secondary">
          Judged by {verdict.evaluators.join(', ')}
        </Typography>
      )}
    </Box>
  );
}
