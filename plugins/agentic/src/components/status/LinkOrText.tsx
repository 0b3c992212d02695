import { Link } from '@backstage/core-components';
import type { ReactNode } from 'react';

/** A link when there is a place to go, otherwise the text alone, because the page behind it may not be installed. */
export function LinkOrText(props: {
  to: string | undefined;
  children: ReactNode;
}) {
  return props.to ? (
    <Link to={props.to}>{props.children}</Link>
  ) : (
    <>{props.children}</>
  );
}
