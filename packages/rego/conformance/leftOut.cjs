'use strict';

/** What a case may use that this evaluator leaves out, with the reason. */
const LEFT_OUT = [
  ['http.send', 'the network'],
  ['net.lookup_ip_addr', 'the network'],
  ['providers.aws.', 'signs requests to a cloud'],
  ['io.jwt.', 'tokens: a policy for files has none'],
  ['crypto.x509.', 'certificates: a policy for files has none'],
  ['crypto.parse_private_keys', 'private keys: a policy for files has none'],
  ['graphql.', 'GraphQL queries'],
  ['json.match_schema', 'JSON schemas'],
  ['json.verify_schema', 'JSON schemas'],
  ['rego.parse_module', "OPA's own syntax tree"],
  ['rego.metadata.', 'annotations'],
  ['regex.globs_match', 'deprecated'],
  ['uri.', 'new; not asked for yet'],
  ['test.sleep', "only in OPA's own tests"],
  ['opa.runtime', 'the configuration and environment of a server'],
];

/** The reason for which a case is left out, or nothing. */
function leftOut(each) {
  const text = [each.query, ...(each.modules ?? [])].join('\n');
  if (
    each.experimental_keywords ||
    /import (future\.keywords\.(and|or|not)|rego\.v2)\b/.test(text)
  ) {
    return 'keywords that OPA itself reads only where experiments are asked for';
  }
  return LEFT_OUT.find(([name]) => text.includes(name))?.[1];
}

module.exports = { LEFT_OUT, leftOut };
