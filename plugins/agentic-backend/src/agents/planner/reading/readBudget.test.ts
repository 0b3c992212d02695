import { readBudget } from './readBudget';
import { tokenize } from './tokenize';

describe('readBudget', () => {
  it.each([
    ['under $20 a month', 20],
    ['below 20 USD per month', 20],
    ['max 50 dollars/month', 50],
    ['maximum of $50', 50],
    ['budget of 100 USD', 100],
    ['with a budget of 100 usd', 100],
    ['a monthly budget of $1,000', 1000],
    ['budget: $20', 20],
    ['budget is 30$', 30],
    ['at most $19.99/mo', 19.99],
    ['no more than $50', 50],
    ['must not cost more than 10 dollars', 10],
    ['should not exceed $75 monthly', 75],
    ['up to USD 40', 40],
  ])('reads %s as %d a month', (text, monthly) => {
    const tokens = tokenize(text);

    expect(readBudget(tokens, 0)).toMatchObject({
      monthly,
      length: tokens.length,
    });
  });

  it.each([
    '$20 a month',
    'at least $20',
    'over $20 a month',
    'under $20 a year',
    'under €20',
    'budget of 20',
    'under $20k',
    'around $20',
  ])('is in doubt about %s', text => {
    expect(readBudget(tokenize(text), 0)).toMatchObject({
      doubt: expect.any(String),
    });
  });

  it.each(['8080', 'under 20 replicas', 'with PostgreSQL', 'node 20'])(
    'finds no money in %s',
    text => {
      expect(readBudget(tokenize(text), 0)).toBeUndefined();
    },
  );
});
