import { sampleIntent } from '@agentic-backstage/plugin-agentic-node/testUtils';
import { renderRunbook } from './renderRunbook';

const render = (description: string, deployed = {}) =>
  renderRunbook({
    intent: sampleIntent({ description }),
    workflowId: 'wf-1',
    contact: 'the owner',
    deployed,
  });

describe('renderRunbook', () => {
  it('says whose it is and what made it', () => {
    const page = render('Keeps the users of the shop');
    expect(page).toContain('# user-service\n\nKeeps the users of the shop\n');
    expect(page).toContain('- **Owner**: group:default/shop');
    expect(page).toContain('Workflow `wf-1`');
  });

  it.each([
    ['a heading', '\n# Call 555 instead', '\\# Call 555 instead'],
    ['a link', '[here](https://example.com)', '\\[here\\](https'],
    ['markup', '<script>', '\\<script\\>'],
    ['nothing', '', 'Nobody has said what it is for.'],
  ])('keeps %s in a description what it is', (_, description, shown) => {
    expect(render(description).split('\n')[2]).toContain(shown);
  });

  it('leaves out what nobody knows', () => {
    expect(render('a')).not.toContain('Commit');
    expect(render('a')).toContain('no address on record');
    expect(render('a', { commit: 'abc', url: 'http://x' })).toMatch(
      /Commit\*\*: abc[^]*http:\/\/x\/ready/,
    );
  });
});
