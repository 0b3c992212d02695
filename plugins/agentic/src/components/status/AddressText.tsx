import { Link } from '@backstage/core-components';
import Box from '@mui/material/Box';

/** An address from outside: a link when it is plain http(s), otherwise text to copy, so that no other scheme can be clicked. */
export function AddressText(props: { value: string }) {
  if (/^https?:\/\//i.test(props.value)) {
    return <Link to={props.value}>{props.value}</Link>;
  }
  return (
    <Box
      component="code"
      sx={{ fontFamily: 'monospace', overflowWrap: 'anywhere' }}
    >
      {props.value}
    </Box>
  );
}
