import type {
  ApprovalStatus,
  ApprovalTurn,
} from '@agentic-backstage/plugin-agentic-common';

/** Every sentence of the approvals inbox, in one place. */
export const INBOX_TEXTS = {
  label: 'Approvals inbox',
  loading: 'Loading the approvals',
  outOfDate: 'This list may be out of date: ',
  summary: (mine: number, total: number, state: string) =>
    mine === 0
      ? `Nothing for you to decide now; ${total} ${state} in all.`
      : `${mine} for you to decide now; ${total} ${state} in all.`,
  turns: {
    mine: 'Yours to decide now',
    later: 'Yours after somebody else has signed',
    others: 'For others to decide',
    requested: 'Asked for by you',
    signed: 'Signed by you, waiting for another signature',
    closed: 'Closed',
  } satisfies Record<ApprovalTurn, string>,
  states: {
    open: 'open',
    approved: 'approved',
    rejected: 'rejected',
    expired: 'expired',
    void: 'void',
  } satisfies Record<ApprovalStatus, string>,
  filters: {
    label: 'Narrow the list',
    status: 'State',
    environment: 'Environment',
    agent: 'Agent',
    requestedBy: 'Asked for by',
    all: 'All',
    clear: 'Show all that are open',
  },
  whatChanges: 'What will change',
  nothingChanges: 'Nothing outside the portal.',
  more: (count: number) => `and ${count} more`,
  whyYou: 'Why it is asked of you',
  whyAsked: 'Why it is asked',
  rule: (environment: string, roles: string, count: number) =>
    `${environment} asks for ${
      count === 1 ? 'a signature' : `${count} signatures`
    } as ${roles}.`,
  holds: (role: string, heldBy: string) =>
    `You can sign as ${role}, through ${heldBy}.`,
  twoPeople: (reasons: string) => `Two people have to sign: ${reasons}.`,
  needsReview: (reason: string) => `Policy leaves it to a person: ${reason}`,
  reach: 'How far it reaches',
  destructive: 'Destroys something',
  critic: 'What the critic says',
  noCritic: 'It has not looked at this.',
  asked: 'Asked for',
  askedBy: (name: string, ago: string) => `by ${name}, ${ago} ago`,
  askedOf: 'For agent',
  signatures: 'Signatures',
  signaturesOf: (given: number, needed: number) => `${given} of ${needed}`,
  expires: 'Expires',
  decide: 'Look at it and decide',
  open: 'Open',
  showMore: 'Show more',
  emptyTitle: 'Nothing waits for approval',
  emptyText:
    'When an agent wants to change something in the world, such as publishing a repository or starting a service, it asks here first: you see what would change, how it was checked and why it is asked of you.',
  noMatch: 'Nothing fits these filters',
  noMatchText: 'Choose other filters, or show all that are open.',
  keys: {
    title: 'Keyboard',
    next: 'next approval',
    previous: 'previous approval',
    open: 'open the one that is chosen',
    help: 'show or hide this help',
    use: 'Use these keys on this page',
    onlyOne:
      'There is no key, and no button, that decides: each approval is looked at and decided by itself.',
  },
} as const;
