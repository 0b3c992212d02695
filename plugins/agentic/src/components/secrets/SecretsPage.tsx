import { Content, Progress } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import { useCallback } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { useLoaded } from '../../live/useLoaded';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { LoadFailure } from '../states/LoadFailure';
import { Notice } from '../states/Notice';
import { Section } from '../status/Section';
import { SecretAccessSection } from './SecretAccessSection';
import { SecretTable } from './SecretTable';

/** Which secrets there are, which are due for a new value, and who used them. Values are shown to nobody. */
export function SecretsPage() {
  const { t } = useAgenticTranslation();
  const api = useApi(agenticApiRef);
  const load = useCallback(() => api.listSecrets(), [api]);
  const { value, error, reload } = useLoaded(load);

  if (!value) {
    return (
      <Content>
        {error ? (
          <LoadFailure
            error={error}
            what={t('common.subject.secrets')}
            onRetry={reload}
          />
        ) : (
          <Progress />
        )}
      </Content>
    );
  }
  const due = value.secrets
    .filter(secret => secret.due)
    .sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
  return (
    <Content>
      {value.stores
        .filter(store => store.problem !== undefined)
        .map(store => (
          <Alert key={store.id} severity="warning" sx={{ mb: 2 }}>
            {store.title}: {store.problem}
          </Alert>
        ))}
      <Section title={t('secrets.dueTitle')}>
        {due.length === 0 ? (
          <Notice>{t('secrets.nothingDue')}</Notice>
        ) : (
          <>
            <Notice>{t('secrets.dueHint')}</Notice>
            <SecretTable label={t('secrets.dueTitle')} secrets={due} />
          </>
        )}
      </Section>
      <Section title={t('secrets.all')}>
        {value.secrets.length === 0 ? (
          <Notice>{t('secrets.empty')}</Notice>
        ) : (
          <SecretTable label={t('secrets.all')} secrets={value.secrets} />
        )}
      </Section>
      <SecretAccessSection />
    </Content>
  );
}
