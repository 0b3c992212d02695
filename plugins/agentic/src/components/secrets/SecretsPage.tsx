import { Content, Progress } from '@backstage/core-components';
import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import { useCallback } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { useLoaded } from '../../live/useLoaded';
import { LoadFailure } from '../states/LoadFailure';
import { Notice } from '../states/Notice';
import { Section } from '../status/Section';
import { SecretAccessSection } from './SecretAccessSection';
import { SecretTable } from './SecretTable';

/** Which secrets there are, which are due for a new value, and who used them. Values are shown to nobody. */
export function SecretsPage() {
  const api = useApi(agenticApiRef);
  const load = useCallback(() => api.listSecrets(), [api]);
  const { value, error, reload } = useLoaded(load);

  if (!value) {
    return (
      <Content>
        {error ? (
          <LoadFailure error={error} what="the secrets" onRetry={reload} />
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
      <Section title="Due for a new value">
        {due.length === 0 ? (
          <Notice>Nothing is due.</Notice>
        ) : (
          <>
            <Notice>
              The portal does not change these by itself: whoever runs the
              system behind a secret gives it a new value there and puts the
              value into the store.
            </Notice>
            <SecretTable label="Due for a new value" secrets={due} />
          </>
        )}
      </Section>
      <Section title="All secrets">
        {value.secrets.length === 0 ? (
          <Notice>
            There are no secrets yet. The first is kept when a service gets a
            database.
          </Notice>
        ) : (
          <SecretTable label="All secrets" secrets={value.secrets} />
        )}
      </Section>
      <SecretAccessSection />
    </Content>
  );
}
