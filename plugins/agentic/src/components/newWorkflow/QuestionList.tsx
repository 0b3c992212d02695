import type { Question } from '@agentic-backstage/plugin-agentic-common';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useAgenticTranslation } from '../../translation/useAgenticTranslation';
import { isAnswerable } from './answerQuestion';

function FreeAnswer(props: {
  label: string;
  onAnswer: (text: string) => void;
}) {
  const { t } = useAgenticTranslation();
  const [text, setText] = useState('');
  return (
    <Stack
      component="form"
      direction="row"
      spacing={1}
      onSubmit={event => {
        event.preventDefault();
        if (text.trim()) {
          props.onAnswer(text.trim());
        }
      }}
    >
      <TextField
        size="small"
        label={props.label}
        value={text}
        onChange={event => setText(event.target.value)}
      />
      <Button type="submit" variant="outlined">
        {t('newRequest.answer')}
      </Button>
    </Stack>
  );
}

/** Tells questions apart: several may be about one field. */
export function questionKey(question: Question): string {
  return `${question.field}: ${question.question}`;
}

/** What the planner asks back: one button for each option, or a field where there are none. */
export function QuestionList(props: {
  questions: readonly Question[];
  /** The answers given so far, by the key of their question. */
  answers: Readonly<Record<string, string>>;
  onAnswer: (question: Question, answer: string) => void;
}) {
  const { t } = useAgenticTranslation();
  return (
    <Stack spacing={2} role="group" aria-label={t('newRequest.questions')}>
      {props.questions.map(question => (
        <div key={questionKey(question)}>
          <Typography gutterBottom>{question.question}</Typography>
          {!isAnswerable(question) && (
            <Typography variant="body2" color="text.secondary">
              {t('newRequest.changeWords')}
            </Typography>
          )}
          {question.options.length > 0 && (
            <Stack direction="row" spacing={1} useFlexGap flexWrap="wrap">
              {question.options.map(option => {
                const chosen = props.answers[questionKey(question)] === option;
                return (
                  <Button
                    key={option}
                    variant={chosen ? 'contained' : 'outlined'}
                    aria-pressed={chosen}
                    onClick={() => props.onAnswer(question, option)}
                    sx={{ textTransform: 'none' }}
                  >
                    {option}
                  </Button>
                );
              })}
            </Stack>
          )}
          {question.options.length === 0 && isAnswerable(question) && (
            <FreeAnswer
              label={t('newRequest.yourAnswer')}
              onAnswer={answer => props.onAnswer(question, answer)}
            />
          )}
        </div>
      ))}
    </Stack>
  );
}
