import { Content } from '@backstage/core-components';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { agenticApiRef } from '../../src/api/AgenticApi';
import type { CardState } from './CardState';
import { givenCards } from './givenCards';
import { loadedCards } from './loadedCards';

/** Every card and table of the plugin, in every state it can be in. */
export const cardStates: readonly CardState[] = [...loadedCards, ...givenCards];

/** All of them below each other, each with a backend of its own. */
export function CardStates(props: { states?: readonly CardState[] }) {
  return (
    <Content>
      {(props.states ?? cardStates).map(({ card, state, element, api }) => (
        <Box
          key={`${card} ${state}`}
          component="section"
          aria-label={`${card}: ${state}`}
          sx={{ mb: 6 }}
        >
          <Typography component="h2" variant="overline">
            {card}: {state}
          </Typography>
          <TestApiProvider apis={[[agenticApiRef, api]]}>
            {element}
          </TestApiProvider>
        </Box>
      ))}
    </Content>
  );
}
