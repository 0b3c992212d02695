import { useDateFormats } from '../../translation/useDateFormats';

/** A moment in the reader's time zone: date and time, or the clock alone with the rest in the tooltip. */
export function TimeText(props: { value: string; clockOnly?: boolean }) {
  const { full, clock } = useDateFormats();
  const date = new Date(props.value);
  if (Number.isNaN(date.getTime())) {
    return <>{props.value}</>;
  }
  return (
    <time dateTime={props.value} title={full.format(date)}>
      {(props.clockOnly ? clock : full).format(date)}
    </time>
  );
}
