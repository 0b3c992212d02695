import { answerQuestion, isAnswerable } from './answerQuestion';

const ask = (field: string, question: string, ...options: string[]) => ({
  field,
  question,
  options,
});

describe('answerQuestion', () => {
  it.each([
    {
      fact: 'takes words out of the request',
      words: 'A service with a blockchain, in Node',
      question: ask(
        'description',
        'I do not know what “blockchain” asks for. What is it?',
        'leave it out',
      ),
      answer: 'leave it out',
      description: 'A service with a, in Node',
      values: {},
    },
    {
      fact: 'finds the words behind a negation',
      words: 'A service without blockchain',
      question: ask(
        'description',
        'I do not know what “without … blockchain” asks for. What is it?',
        'leave it out',
      ),
      answer: 'leave it out',
      description: 'A service without',
      values: {},
    },
    {
      fact: 'says a name in words in place of what was not understood',
      words: 'Create a foo service',
      question: ask(
        'description',
        'I do not know what “foo” asks for. What is it?',
        'leave it out',
        'called foo-service',
      ),
      answer: 'called foo-service',
      description: 'Create a service, called foo-service',
      values: {},
    },
    {
      fact: 'says where to deploy in words, whatever the field is called',
      words: 'Create orders-api for dev.',
      question: ask(
        'parameters.environment',
        'Is “dev” the environment to deploy to?',
        'deploy to development',
        'leave it out',
      ),
      answer: 'deploy to development',
      description: 'Create orders-api for, deploy to development',
      values: {},
    },
    {
      fact: 'fills a value into its field',
      words: 'A service with a store',
      question: ask(
        'parameters.database',
        'Which database is “store”?',
        'postgresql',
      ),
      answer: 'postgresql',
      description: 'A service with a store',
      values: { database: 'postgresql' },
    },
    {
      fact: 'chooses between words that contradict each other',
      words: 'Deploy to staging and production',
      question: ask(
        'parameters.environment',
        'The request names more than one environment: “staging” and “production”. Which one shall it be?',
        'staging',
        'production',
      ),
      answer: 'staging',
      description: 'Deploy to staging and production',
      values: { environment: 'staging' },
    },
    {
      fact: 'replaces a port that was not understood',
      words: 'A service on port eighty',
      question: ask(
        'parameters.port',
        'Which port is “eighty”? A port is a number from 1024 to 65535.',
        '8080',
      ),
      answer: '8080',
      description: 'A service on port 8080',
      values: { port: '8080' },
    },
  ])('$fact', ({ words, question, answer, description, values }) => {
    const draft = { description: words, values: {}, changeReason: '' };
    expect(answerQuestion(draft, question, answer)).toEqual({
      ...draft,
      description,
      values,
    });
  });
});

describe('isAnswerable', () => {
  it.each([
    [ask('description', 'What comes after “called”?'), false],
    [ask('description', 'What is “x”?', 'leave it out'), true],
    [ask('parameters.serviceName', 'What is the service called?'), true],
  ])('judges %j', (question, expected) => {
    expect(isAnswerable(question)).toBe(expected);
  });
});
