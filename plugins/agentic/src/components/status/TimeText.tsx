const FULL = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'medium',
  timeStyle: 'medium',
});
const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** A moment in the reader's time zone: date and time, or the clock alone with the rest in the tooltip. */
export function TimeText(props: { value: string; clockOnly?: boolean }) {
  const date = new Date(props.value);
  if (Number.isNaN(date.getTime())) {
    return <>{props.value}</>;
  }
  return (
    <time dateTime={props.value} title={FULL.format(date)}>
      {(props.clockOnly ? CLOCK : FULL).format(date)}
    </time>
  );
}
