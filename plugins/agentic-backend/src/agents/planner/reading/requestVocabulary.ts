import type { VocabularyRow } from './Meaning';

const doing = (action: string): VocabularyRow[0] => ({
  kind: 'otherAction',
  action,
});

/** Words about the request itself: verbs, nouns for a service, markers, negations and words without a wish. */
export const requestVocabulary: readonly VocabularyRow[] = [
  [
    { kind: 'create' },
    "create|build|make|scaffold|generate|bootstrap|provision|set up|setup|spin up|stand up|start a new|start with a new|new|brand new|brand-new|give me|give us|get me|i need|we need|i want|we want|i would like|we would like|i'd like|we'd like|creating|building|creation of",
  ],
  [
    { kind: 'deploy' },
    'deploy|deploys|deployed|deploying|deployment|run|runs|running|host|hosted|hosting|ship|launch|release|roll out|roll it out|go to',
  ],
  [
    doing('delete'),
    'delete|deleting|remove|removing|destroy|destroying|drop|tear down|teardown|terminate|wipe|purge|erase|decommission|undeploy|uninstall|truncate',
  ],
  [
    doing('migrate'),
    'migrate|migrating|migration of|convert|port from|import|move',
  ],
  [
    doing('change'),
    'update|upgrade|change|modify|rename|edit|fix|repair|patch|refactor|replace|extend|resize|scale|scale up|scale down|scale out',
  ],
  [
    doing('operate'),
    'restart|stop|pause|roll back|rollback|revert|kill|shut down|shutdown|redeploy|promote|back up|restore',
  ],
  [
    { kind: 'service', plural: false },
    'service|microservice|micro-service|micro service|web service|webservice|backend|back-end|back end|backend service|application|app|api|server',
  ],
  [
    { kind: 'service', plural: true },
    'services|microservices|micro-services|micro services|web services|backends|applications|apps|apis|servers',
  ],
  [
    { kind: 'negation' },
    "no|not|without|w/o|do not|does not|don't|dont|doesn't|should not|shouldn't|must not|mustn't|need not|cannot|can't|will not|won't|is not|isn't|are not|aren't|never|avoid|avoiding|skip|exclude|excluding|omit|leave out|except|but not|but no|but without|and not|and no|and without|with no|with neither|neither|instead of|rather than|minus|do not use|don't use|no need for|no need of|there is no",
  ],
  [
    { kind: 'negatesPrevious' },
    "not needed|not required|not necessary|not wanted|is not needed|is not required|is not necessary|isn't needed|isn't required|isn't necessary|are not needed|are not required|aren't needed|unnecessary|is unnecessary|will not be needed|won't be needed",
  ],
  [{ kind: 'or' }, 'or|nor|or else|alternatively|otherwise'],
  [
    { kind: 'marker', of: 'name' },
    'called|named|name|names|call it|name it|with the name|with name|by the name of|under the name|whose name is|the name is|name is|the name of the service is|name of the service is|name should be|the name should be|its name is|service name|service name is|titled',
  ],
  [
    { kind: 'marker', of: 'owner' },
    'owned by|owner|owner is|the owner is|owners|maintained by|belongs to|belonging to',
  ],
  [
    { kind: 'marker', of: 'port' },
    'port|on port|listening on port|listens on port|listening on|listens on|at port|port number|port is',
  ],
  [
    { kind: 'marker', of: 'template' },
    'template|the template|from template|from the template|using template|using the template|with template|with the template',
  ],
  [
    { kind: 'marker', of: 'description' },
    'described as|description|with the description|with description|purpose|its purpose is',
  ],
  [{ kind: 'marker', of: 'environment' }, 'environment|env|stage environment'],
  [
    { kind: 'filler' },
    "a|an|the|and|but|also|cost|costs|costing|cost is|price|plus|then|with|using|use|uses|that|which|has|have|having|includes|include|including|it|its|it's|this|is|are|be|in|on|onto|to|into|for|of|by|as|at|my|our|your|me|us|i|we|you|please|pls|kindly|just|can|could|would|will|should|must|let's|lets|want|wants|need|needs|require|requires|required|hello|hi|hey|thanks|thank you|thank|simple|basic|small|plain|backed|based|based on|backed by|powered by|powered|written|written in|implemented in|implemented with|stack|language|runtime|framework|exposing|exposes|expose|offering|offers|provides|providing|supports|supporting|add|connected to|connecting to|talking to|talks to|go with|hosted on|default|there|so|want to|stores data in|storing data in|store data in|data in|behind it|storage in|all|locally|on this machine|once|done|when done|afterwards|finally|next",
  ],
];
