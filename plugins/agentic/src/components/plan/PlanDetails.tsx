import type { Plan } from '@agentic-backstage/plugin-agentic-common';
import { formatDuration } from '@agentic-backstage/plugin-agentic-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { FactList } from '../status/FactList';
import { HashText } from '../status/HashText';
import { nameInRef } from '../status/PersonName';
import { Section } from '../status/Section';
import { PRE_CHECKS } from '../status/wording';
import { WordedPill } from '../status/WordedPill';
import { CostTable } from './CostTable';
import { GoalList } from './GoalList';
import { PlanTaskTable } from './PlanTaskTable';
import { RiskTable } from './RiskTable';
import type { Translate } from '../../translation/Translate';

const FIELDS = [
  'serviceName',
  'description',
  'owner',
  'language',
  'pattern',
  'database',
  'environment',
  'port',
  'highAvailability',
  'monthlyBudget',
  'cloudProvider',
] as const;

function readable(
  field: string,
  value: string | number | boolean,
  t: Translate,
): string {
  if (typeof value === 'boolean') {
    return t(value ? 'plan.yes' : 'plan.no');
  }
  return field === 'owner' ? nameInRef(String(value)) : String(value);
}

function understoodFacts(plan: Plan, t: Translate) {
  const { intent } = plan;
  return FIELDS.map(field => {
    const term = t(`plan.field.${field}`);
    const value = intent[field];
    if (value === undefined || value === '') {
      return [term, undefined] as const;
    }
    const origin = intent.origins[field];
    return [
      term,
      <>
        {readable(field, value, t)}
        {origin && (
          <Typography
            component="span"
            variant="body2"
            color="text.secondary"
          >{` (${origin})`}</Typography>
        )}
      </>,
    ] as const;
  });
}

/** All that a plan says: what was understood, goals, tasks, checks, cost, risks and how it came about. */
export function PlanDetails(props: {
  plan: Plan;
  /** In place of the plain list, where it can be changed. */
  understood?: ReactNode;
}) {
  const { t } = useAgenticTranslation();
  const { plan } = props;
  return (
    <>
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: { xs: '1fr', lg: '1fr 1fr' },
          columnGap: 2,
        }}
      >
        <Section title={t('plan.understood')}>
          {props.understood ?? <FactList facts={understoodFacts(plan, t)} />}
        </Section>
        <Section title={t('plan.goals')}>
          <GoalList plan={plan} />
        </Section>
      </Box>
      <Section title={t('common.tasks')}>
        <PlanTaskTable plan={plan} />
      </Section>
      <Section title={t('plan.checks')}>
        <Box component="ul" sx={{ listStyle: 'none', p: 0, m: 0 }}>
          {plan.preChecks.map(check => (
            <Box
              component="li"
              key={check.id}
              sx={{
                display: 'flex',
                flexWrap: 'wrap',
                alignItems: 'center',
                gap: 1,
                py: 0.5,
              }}
            >
              <WordedPill wordings={PRE_CHECKS} state={check.result} />
              <strong>{check.title}</strong>
              <span>{check.evidence}</span>
            </Box>
          ))}
        </Box>
      </Section>
      <Section title={t('plan.cost')}>
        <CostTable cost={plan.estimatedCost} />
      </Section>
      <Section title={t('plan.risks')}>
        <RiskTable risks={plan.risks} />
      </Section>
      <Section title={t('plan.howMade')}>
        <FactList
          facts={[
            [t('plan.field.template'), plan.template],
            [t('plan.strategy'), plan.strategy],
            [t('plan.version'), plan.version],
            [t('plan.planHash'), <HashText key="hash" value={plan.planHash} />],
            [t('plan.estimatedTime'), formatDuration(plan.estimatedSeconds)],
          ]}
        />
        <Box component="ol" sx={{ pl: 2.5, mb: 0 }}>
          {plan.stages.map(stage => (
            <li key={stage.stage}>
              <strong>{t(`words.planStage.${stage.stage}`)}</strong>:{' '}
              {stage.summary}
              {stage.details.length > 0 && (
                <Box component="ul" sx={{ pl: 2.5, color: 'text.secondary' }}>
                  {stage.details.map(detail => (
                    <li key={detail}>{detail}</li>
                  ))}
                </Box>
              )}
            </li>
          ))}
        </Box>
      </Section>
    </>
  );
}
