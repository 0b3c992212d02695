import type { Risk } from '@agentic-backstage/plugin-agentic-common';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { DataTable } from '../status/DataTable';
import { Notice } from '../states/Notice';
import { StatusPill, type Tone } from '../status/StatusPill';

const TONES: Readonly<Record<Risk['severity'], Tone>> = {
  low: 'waiting',
  medium: 'warning',
  high: 'bad',
};

/** The likely points of failure and what is done about each. */
export function RiskTable(props: { risks: readonly Risk[] }) {
  const { t } = useAgenticTranslation();
  if (props.risks.length === 0) {
    return <Notice>{t('plan.noRisk')}</Notice>;
  }
  return (
    <DataTable
      label={t('plan.risks')}
      columns={[
        t('plan.risk'),
        t('common.severity'),
        t('plan.likelihood'),
        t('plan.mitigation'),
        t('common.tasks'),
      ]}
    >
      {props.risks.map(risk => (
        <TableRow key={risk.id}>
          <TableCell>{risk.title}</TableCell>
          <TableCell>
            <StatusPill tone={TONES[risk.severity]}>
              {t(`words.level.${risk.severity}`)}
            </StatusPill>
          </TableCell>
          <TableCell>{t(`words.level.${risk.likelihood}`)}</TableCell>
          <TableCell>{risk.mitigation}</TableCell>
          <TableCell>{risk.taskIds.join(', ')}</TableCell>
        </TableRow>
      ))}
    </DataTable>
  );
}
