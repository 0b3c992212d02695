import Box from '@mui/material/Box';

/** The beginning of a digest, with all of it in the tooltip. */
export function HashText(props: { value: string }) {
  return (
    <Box
      component="code"
      title={props.value}
      sx={{ fontFamily: 'monospace', fontSize: '0.9em' }}
    >
      {props.value.slice(0, 12)}
    </Box>
  );
}
