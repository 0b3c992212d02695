import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { ReactNode } from 'react';

/** A column: its title, and whether it holds numbers. */
export type Column =
  | string
  | { readonly title: string; readonly numeric: true };

/** A table with a name for screen readers that scrolls sideways when narrow and breaks lines between words only. */
export function DataTable(props: {
  label: string;
  columns: readonly Column[];
  framed?: boolean;
  children: ReactNode;
}) {
  return (
    <TableContainer
      {...(props.framed && { component: Paper, variant: 'outlined' })}
    >
      <Table
        size="small"
        aria-label={props.label}
        sx={{ '& th, & td': { wordBreak: 'normal' } }}
      >
        <TableHead>
          <TableRow>
            {props.columns.map(column =>
              typeof column === 'string' ? (
                <TableCell key={column}>{column}</TableCell>
              ) : (
                <TableCell key={column.title} align="right">
                  {column.title}
                </TableCell>
              ),
            )}
          </TableRow>
        </TableHead>
        <TableBody>{props.children}</TableBody>
      </Table>
    </TableContainer>
  );
}
