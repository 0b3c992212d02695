import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useState, type FormEvent } from 'react';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { useSavedFilters } from './useSavedFilters';

/** Who asked to name a filter goes on by typing the name. */
const focus = (field: HTMLInputElement | null) => field?.focus();

/** The saved filters as chips, and a way to save the present one. */
export function SavedFilters(props: {
  /** The present filter as part of an address; empty when nothing is filtered. */
  filter: string;
  onApply: (filter: string) => void;
}) {
  const { t } = useAgenticTranslation();
  const { filter, onApply } = props;
  const { saved, save, remove } = useSavedFilters();
  const [name, setName] = useState<string>();
  const known = saved.find(each => each.filter === filter);
  const mayBeSaved = filter !== '' && !known;
  if (saved.length === 0 && !mayBeSaved) {
    return null;
  }

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    await save((name ?? '').trim(), filter);
    setName(undefined);
  };

  return (
    <Stack
      role="group"
      aria-label={t('workflows.savedFilters')}
      direction="row"
      spacing={1}
      useFlexGap
      flexWrap="wrap"
      alignItems="center"
    >
      {saved.map(each => (
        <Chip
          key={each.name}
          label={each.name}
          color={each === known ? 'primary' : 'default'}
          aria-pressed={each === known}
          title={t('workflows.savedFilterHint', { name: each.name })}
          onClick={() => onApply(each.filter)}
          onDelete={() => remove(each.name)}
        />
      ))}
      {mayBeSaved && name === undefined && (
        <Button size="small" onClick={() => setName('')}>
          {t('workflows.saveFilter')}
        </Button>
      )}
      {mayBeSaved && name !== undefined && (
        <Stack component="form" direction="row" spacing={1} onSubmit={submit}>
          <TextField
            inputRef={focus}
            size="small"
            label={t('workflows.filterName')}
            value={name}
            inputProps={{ maxLength: 40 }}
            onChange={event => setName(event.target.value)}
          />
          <Button type="submit" disabled={name.trim() === ''}>
            {t('workflows.save')}
          </Button>
          <Button onClick={() => setName(undefined)}>
            {t('workflows.doNotSave')}
          </Button>
        </Stack>
      )}
    </Stack>
  );
}
