import ts from 'typescript';

/** Props whose words a person sees or hears. */
const SHOWN =
  /^(aria-(label|description)|label|title|alt|placeholder|helperText|text|term|summary|primary|secondary|explanation|confirmLabel|description|what|none)$/;

/** Props in which words are never shown. */
const TECHNICAL = /^(sx|style|key|d|viewBox|fill|markerEnd)$/;

const WORD = /\p{L}{2,}/u;
/** Begins like a sentence or a name, or has several words. */
const READS_LIKE_TEXT = /^\s*\p{Lu}\p{Ll}|\p{L}{2,},? \p{L}{2,}/u;

type Place = 'child' | 'shown' | 'technical' | 'code';

function placeIn(node: ts.Node, place: Place): Place {
  if (ts.isJsxElement(node) || ts.isJsxFragment(node)) {
    return 'child';
  }
  if (ts.isJsxAttribute(node)) {
    const name = node.name.getText();
    if (TECHNICAL.test(name)) return 'technical';
    return SHOWN.test(name) ? 'shown' : 'code';
  }
  // What stands in a call or a comparison is a key or a value; what is called shows it.
  if (
    ts.isCallExpression(node) ||
    ts.isFunctionLike(node) ||
    ts.isObjectLiteralExpression(node) ||
    ts.isElementAccessExpression(node) ||
    (ts.isBinaryExpression(node) &&
      [
        ts.SyntaxKind.EqualsEqualsEqualsToken,
        ts.SyntaxKind.ExclamationEqualsEqualsToken,
      ].includes(node.operatorToken.kind))
  ) {
    return place === 'technical' ? place : 'code';
  }
  return place;
}

function textsOf(node: ts.Node): string[] {
  if (ts.isJsxText(node)) return [node.text];
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
    return [node.text];
  }
  return ts.isTemplateExpression(node)
    ? [node.head.text, ...node.templateSpans.map(span => span.literal.text)]
    : [];
}

function isSkipped(node: ts.Node): boolean {
  return (
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isTypeNode(node) ||
    (ts.isCallExpression(node) &&
      node.expression.kind === ts.SyntaxKind.ImportKeyword)
  );
}

/** The words in a file of TypeScript that a person would see in no other language than this one. */
export function findVisibleTexts(content: string, fileName: string): string[] {
  const file = ts.createSourceFile(
    fileName,
    content,
    ts.ScriptTarget.Latest,
    true,
    fileName.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const found: string[] = [];
  const visit = (node: ts.Node, place: Place) => {
    if (isSkipped(node)) return;
    for (const text of textsOf(node)) {
      const isText =
        place === 'child' || place === 'shown' || ts.isJsxText(node)
          ? WORD.test(text)
          : place === 'code' && READS_LIKE_TEXT.test(text);
      if (isText) found.push(text.replace(/\s+/g, ' ').trim());
    }
    const below = placeIn(node, place);
    node.forEachChild(child => visit(child, below));
  };
  visit(file, 'code');
  return found;
}
