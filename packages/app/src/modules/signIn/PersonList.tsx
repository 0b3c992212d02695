import { Content } from '@backstage/core-components';
import Alert from '@mui/material/Alert';
import Avatar from '@mui/material/Avatar';
import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import CardActionArea from '@mui/material/CardActionArea';
import CardContent from '@mui/material/CardContent';
import Typography from '@mui/material/Typography';
import type { ExamplePerson } from './readExamplePeople';

function initials(name: string): string {
  return name
    .split(/\s+/)
    .map(part => part.slice(0, 1))
    .join('')
    .slice(0, 2);
}

/** The people of the example company as cards to choose from. */
export function PersonList(props: {
  portalTitle: string;
  people: readonly ExamplePerson[];
  error?: string;
  onChoose: (entityRef: string) => void;
}) {
  const { people, error, portalTitle } = props;
  return (
    <Content>
      <Box component="main" sx={{ maxWidth: 860, mx: 'auto', py: 6 }}>
        <Typography component="h1" variant="h3" gutterBottom>
          {portalTitle}
        </Typography>
        <Alert severity="warning" sx={{ mb: 3 }}>
          Example people, development only. Anybody who can open this page can
          sign in as any of them, without a password.
        </Alert>
        {error && (
          <Alert severity="error" sx={{ mb: 3 }}>
            {error}
          </Alert>
        )}
        {people.length === 0 ? (
          <Typography>
            Nobody is configured. List people under{' '}
            <code>agentic.examplePeople</code>, or set up a sign-in provider.
          </Typography>
        ) : (
          <Typography component="h2" variant="h5" gutterBottom>
            Who are you?
          </Typography>
        )}
        <Box
          component="ul"
          sx={{
            listStyle: 'none',
            p: 0,
            display: 'grid',
            gap: 2,
            gridTemplateColumns: 'repeat(auto-fill, minmax(260px, 1fr))',
          }}
        >
          {people.map(person => (
            <Card component="li" key={person.entityRef} variant="outlined">
              <CardActionArea
                aria-label={`Sign in as ${person.name}, ${person.title}`}
                onClick={() => props.onChoose(person.entityRef)}
              >
                <CardContent
                  sx={{ display: 'flex', alignItems: 'center', gap: 2 }}
                >
                  <Avatar aria-hidden>{initials(person.name)}</Avatar>
                  <Box>
                    <Typography variant="h6" component="span" display="block">
                      {person.name}
                    </Typography>
                    <Typography variant="body2" color="text.secondary">
                      {person.title}
                    </Typography>
                  </Box>
                </CardContent>
              </CardActionArea>
            </Card>
          ))}
        </Box>
      </Box>
    </Content>
  );
}
