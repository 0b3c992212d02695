/** The text of the comment before a declaration, in one line, and its tags. */
export function docOf(typescript, declaration) {
  const docs = typescript
    .getJSDocCommentsAndTags(declaration)
    .filter(doc => typescript.isJSDoc(doc));
  const doc = docs[docs.length - 1];
  const textOf = comment =>
    (typescript.getTextOfJSDocComment(comment) ?? '')
      .replace(/\s+/g, ' ')
      .trim();
  return {
    text: doc ? textOf(doc.comment) : '',
    tags: new Map(
      (doc?.tags ?? []).map(tag => [tag.tagName.text, textOf(tag.comment)]),
    ),
  };
}
