import CancelOutlined from '@mui/icons-material/CancelOutlined';
import CheckCircleOutline from '@mui/icons-material/CheckCircleOutline';
import ErrorOutline from '@mui/icons-material/ErrorOutline';
import HelpOutline from '@mui/icons-material/HelpOutline';
import HourglassEmpty from '@mui/icons-material/HourglassEmpty';
import PauseCircleOutline from '@mui/icons-material/PauseCircleOutline';
import Autorenew from '@mui/icons-material/Autorenew';
import RadioButtonUnchecked from '@mui/icons-material/RadioButtonUnchecked';
import Undo from '@mui/icons-material/Undo';
import WarningAmber from '@mui/icons-material/WarningAmber';
import Box from '@mui/material/Box';
import type { SvgIconProps } from '@mui/material/SvgIcon';
import type { ComponentType, ReactNode } from 'react';

/** How good or bad a state is; never the only thing that tells states apart, because each has a word and a shape too. */
export type Tone =
  | 'good'
  | 'bad'
  | 'busy'
  | 'attention'
  | 'unknown'
  | 'paused'
  | 'waiting'
  | 'stopped'
  | 'undone'
  | 'warning';

const APPEARANCE: Readonly<
  Record<Tone, { color: string; Icon: ComponentType<SvgIconProps> }>
> = {
  good: { color: 'success.main', Icon: CheckCircleOutline },
  bad: { color: 'error.main', Icon: ErrorOutline },
  busy: { color: 'info.main', Icon: Autorenew },
  attention: { color: 'warning.main', Icon: HourglassEmpty },
  unknown: { color: 'warning.main', Icon: HelpOutline },
  warning: { color: 'warning.main', Icon: WarningAmber },
  paused: { color: 'text.secondary', Icon: PauseCircleOutline },
  waiting: { color: 'text.secondary', Icon: RadioButtonUnchecked },
  stopped: { color: 'text.secondary', Icon: CancelOutlined },
  undone: { color: 'text.secondary', Icon: Undo },
};

/** The theme colour of a tone. */
export function toneColor(tone: Tone): string {
  return APPEARANCE[tone].color;
}

/** The icon of a tone, coloured; decorative. */
export function ToneIcon({ tone }: { tone: Tone }) {
  const { color, Icon } = APPEARANCE[tone];
  return (
    <Icon
      aria-hidden
      sx={{
        color,
        fontSize: '1.1em',
        flexShrink: 0,
        ...(tone === 'busy' && {
          '@keyframes agentic-turn': { to: { transform: 'rotate(360deg)' } },
          animation: 'agentic-turn 2s linear infinite',
          '@media (prefers-reduced-motion: reduce)': { animation: 'none' },
        }),
      }}
    />
  );
}

/** A state as a small pill with icon and word. */
export function StatusPill(props: { tone: Tone; children: ReactNode }) {
  return (
    <Box
      component="span"
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 0.5,
        px: 1,
        py: 0.25,
        border: 1,
        borderColor: toneColor(props.tone),
        borderRadius: 8,
        color: 'text.primary',
        fontSize: '0.8125rem',
        lineHeight: 1.5,
        whiteSpace: 'nowrap',
      }}
    >
      <ToneIcon tone={props.tone} />
      {props.children}
    </Box>
  );
}
