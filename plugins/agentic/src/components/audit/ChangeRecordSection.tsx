import { auditReadPermission } from '@agentic-backstage/plugin-agentic-common';
import { LinkButton } from '@backstage/core-components';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { agenticApiRef } from '../../api/AgenticApi';
import { auditRouteRef } from '../../routes';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { Section } from '../status/Section';
import { saveFile } from './saveFile';
import { VerifiedBadge } from './VerifiedBadge';

/** The hash-chained record of one workflow: whether it is intact, and a file of it to keep. */
export function ChangeRecordSection(props: { workflowId: string }) {
  const { t } = useAgenticTranslation();
  const { workflowId } = props;
  const api = useApi(agenticApiRef);
  const auditLink = useRouteRef(auditRouteRef)?.();
  const [error, setError] = useState<string>();
  const { allowed } = usePermission({
    permission: auditReadPermission,
    resourceRef: workflowId,
  });
  if (!allowed) {
    return null;
  }
  const download = async () => {
    setError(undefined);
    try {
      saveFile(await api.getRecord(workflowId), `record-${workflowId}.json`);
    } catch (problem) {
      setError((problem as Error).message);
    }
  };
  return (
    <Section
      title={t('audit.changeRecord')}
      aside={<VerifiedBadge chain={workflowId} />}
    >
      <Typography sx={{ mb: 1.5 }}>
        {t('audit.changeRecordHint', {
          command: (
            <code>{`npx agentic-verify record-${workflowId}.json`}</code>
          ),
        })}
      </Typography>
      <Stack direction="row" spacing={1}>
        <Button variant="outlined" onClick={download}>
          {t('audit.download')}
        </Button>
        {auditLink && (
          <LinkButton
            to={`${auditLink}?workflow=${encodeURIComponent(workflowId)}`}
            variant="outlined"
            color="primary"
          >
            {t('audit.showAll')}
          </LinkButton>
        )}
      </Stack>
      {error && (
        <Alert severity="error" sx={{ mt: 1.5 }}>
          {error}
        </Alert>
      )}
    </Section>
  );
}
