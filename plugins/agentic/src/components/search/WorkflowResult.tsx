import { WorkflowPhase } from '@agentic-backstage/plugin-agentic-common';
import { Link } from '@backstage/core-components';
import { HighlightedSearchResultText } from '@backstage/plugin-search-react';
import type { ResultHighlight } from '@backstage/plugin-search-common';
import type { BaseSearchResultListItemProps } from '@backstage/plugin-search-react/alpha';
import ListItem from '@mui/material/ListItem';
import ListItemIcon from '@mui/material/ListItemIcon';
import ListItemText from '@mui/material/ListItemText';
import { PersonName } from '../status/PersonName';
import { PHASES } from '../status/wording';
import { WordedPill } from '../status/WordedPill';

/** A workflow among the results of a search, with the state it had when it was indexed. */
export function WorkflowResult(
  props: BaseSearchResultListItemProps<{ highlight?: ResultHighlight }>,
) {
  const { icon, result, highlight } = props;
  if (!result) {
    return null;
  }
  const fields: Partial<Record<string, unknown>> = { ...result };
  const phase = WorkflowPhase.safeParse(fields.phase);
  const marked = (field: 'title' | 'text') =>
    highlight?.fields[field] ? (
      <HighlightedSearchResultText
        text={highlight.fields[field]}
        preTag={highlight.preTag}
        postTag={highlight.postTag}
      />
    ) : (
      result[field]
    );
  return (
    <ListItem alignItems="flex-start" divider component="div">
      {icon && <ListItemIcon>{icon}</ListItemIcon>}
      <ListItemText
        primaryTypographyProps={{ variant: 'h6' }}
        primary={
          <Link noTrack to={result.location}>
            {marked('title')}
          </Link>
        }
        secondary={
          <>
            <span>{marked('text')}</span>
            <br />
            {phase.success && (
              <WordedPill wordings={PHASES} state={phase.data} />
            )}{' '}
            {String(fields.environment ?? '')} ·{' '}
            <PersonName entityRef={String(fields.owner ?? '')} />
          </>
        }
        secondaryTypographyProps={{ component: 'div' }}
      />
    </ListItem>
  );
}
