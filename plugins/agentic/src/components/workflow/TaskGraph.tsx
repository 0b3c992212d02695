import type { TaskView } from '@agentic-backstage/plugin-agentic-common';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { useTheme } from '@mui/material/styles';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { ToneIcon, toneColor } from '../status/StatusPill';
import { TASKS } from '../status/wording';
import { directDependencies, layOutTasks } from './layOutTasks';
import { VisuallyHidden } from '../status/VisuallyHidden';

const NODE = { width: 196, height: 76, gapX: 36, gapY: 16 };

interface Place {
  readonly x: number;
  readonly y: number;
}

function placesOf(tasks: readonly TaskView[]) {
  const placed = layOutTasks(tasks);
  const rowsIn = (column: number) =>
    placed.filter(place => place.column === column).length;
  const columns = Math.max(0, ...placed.map(place => place.column)) + 1;
  const rows = Math.max(1, ...placed.map(({ column }) => rowsIn(column)));
  const stepY = NODE.height + NODE.gapY;
  const places = new Map<string, Place>(
    placed.map(({ taskId, column, row }) => [
      taskId,
      {
        x: column * (NODE.width + NODE.gapX),
        y: row * stepY + ((rows - rowsIn(column)) * stepY) / 2,
      },
    ]),
  );
  return {
    places,
    width: columns * (NODE.width + NODE.gapX) - NODE.gapX,
    height: rows * stepY - NODE.gapY,
  };
}

function linePath(from: Place, to: Place): string {
  const startX = from.x + NODE.width;
  const startY = from.y + NODE.height / 2;
  const endX = to.x - 6;
  const endY = to.y + NODE.height / 2;
  const bend = Math.max(12, (endX - startX) / 2);
  return `M${startX},${startY} C${startX + bend},${startY} ${
    endX - bend
  },${endY} ${endX},${endY}`;
}

function TaskNodeButton(props: {
  task: TaskView;
  place: Place;
  selected: boolean;
  onSelect: () => void;
}) {
  const { t } = useAgenticTranslation();
  const { task, place, selected } = props;
  const { tone, label } = TASKS[task.status];
  const after =
    task.dependsOn.length > 0
      ? t('workflow.graph.after', { tasks: task.dependsOn })
      : '';
  return (
    <ButtonBase
      focusRipple
      aria-pressed={selected}
      onClick={props.onSelect}
      sx={{
        position: 'absolute',
        left: place.x,
        top: place.y,
        width: NODE.width,
        height: NODE.height,
        p: 1,
        flexDirection: 'column',
        alignItems: 'flex-start',
        justifyContent: 'space-between',
        textAlign: 'left',
        bgcolor: selected ? 'action.selected' : 'background.paper',
        border: selected ? 2 : 1,
        borderColor: toneColor(tone),
        borderLeftWidth: 4,
        borderRadius: 1,
        fontSize: '0.875rem',
        lineHeight: 1.3,
        transition: 'border-color 300ms',
        '&:hover': { bgcolor: 'action.hover' },
        '&:focus-visible': {
          outline: '3px solid',
          outlineColor: 'primary.main',
          outlineOffset: 2,
        },
      }}
    >
      <Box
        component="span"
        sx={{
          display: '-webkit-box',
          WebkitLineClamp: 2,
          WebkitBoxOrient: 'vertical',
          overflow: 'hidden',
          fontWeight: 600,
        }}
      >
        <VisuallyHidden>{`${t('workflow.graph.task', {
          task: task.taskId,
        })} `}</VisuallyHidden>
        {task.title}
        <VisuallyHidden>, </VisuallyHidden>
      </Box>
      <Box
        component="span"
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: 0.5,
          fontSize: '0.8125rem',
          color: 'text.secondary',
        }}
      >
        <ToneIcon tone={tone} />
        {t(label)}
        {task.duration && ` · ${task.duration}`}
        <VisuallyHidden>{after}</VisuallyHidden>
      </Box>
    </ButtonBase>
  );
}

/** The tasks of a workflow with their dependencies, left to right; a click selects a task. */
export function TaskGraph(props: {
  tasks: readonly TaskView[];
  selected?: string;
  onSelect: (taskId: string | undefined) => void;
}) {
  const { t } = useAgenticTranslation();
  const theme = useTheme();
  const { places, width, height } = placesOf(props.tasks);
  const lines = directDependencies(props.tasks).flatMap(line => {
    const from = places.get(line.from);
    const to = places.get(line.to);
    return from && to ? [{ id: `${line.from}-${line.to}`, from, to }] : [];
  });
  return (
    <Box
      role="group"
      aria-label={t('workflow.graph.label')}
      sx={{ overflowX: 'auto', p: 0.75, mb: 1.5 }}
    >
      <Box sx={{ position: 'relative', width, height }}>
        <svg
          aria-hidden
          width={width}
          height={height}
          style={{ position: 'absolute', inset: 0 }}
        >
          <defs>
            <marker
              id="agentic-arrow"
              viewBox="0 0 8 8"
              refX="6"
              refY="4"
              markerWidth="7"
              markerHeight="7"
              orient="auto"
            >
              <path d="M0,0 L8,4 L0,8 z" fill={theme.palette.text.secondary} />
            </marker>
          </defs>
          {lines.map(({ id, from, to }) => (
            <path
              key={id}
              d={linePath(from, to)}
              fill="none"
              stroke={theme.palette.text.secondary}
              strokeWidth={1.5}
              markerEnd="url(#agentic-arrow)"
            />
          ))}
        </svg>
        {props.tasks.map(task => {
          const place = places.get(task.taskId);
          const selected = props.selected === task.taskId;
          return place ? (
            <TaskNodeButton
              key={task.taskId}
              task={task}
              place={place}
              selected={selected}
              onSelect={() =>
                props.onSelect(selected ? undefined : task.taskId)
              }
            />
          ) : undefined;
        })}
      </Box>
    </Box>
  );
}
