import fs from 'node:fs';
import path from 'node:path';
import { typescript } from '../sources.mjs';

const ROUTER = 'plugins/agentic-backend/src/router';
const METHODS = ['get', 'post'];

function parse(file) {
  return typescript.createSourceFile(
    file,
    fs.readFileSync(file, 'utf8'),
    typescript.ScriptTarget.Latest,
    true,
  );
}

function eachNode(node, visit) {
  visit(node);
  typescript.forEachChild(node, child => eachNode(child, visit));
}

/** The functions of a file by name: declared, kept in a constant, or methods. */
function functionsIn(source) {
  const found = new Map();
  eachNode(source, node => {
    const isFunction =
      (typescript.isFunctionDeclaration(node) ||
        typescript.isMethodDeclaration(node)) &&
      node.body;
    const isConstant =
      typescript.isVariableDeclaration(node) &&
      node.initializer &&
      typescript.isArrowFunction(node.initializer);
    if (isFunction || isConstant) {
      found.set(node.name.getText(source), node);
    }
  });
  return found;
}

/** The constants of permissions that a piece of code names, also through the functions that it calls. */
function permissionsIn(start, local, shared) {
  const names = new Set();
  const seen = new Set();
  const look = (begin, functions) => {
    if (!begin || seen.has(begin)) {
      return;
    }
    seen.add(begin);
    eachNode(begin, node => {
      if (
        typescript.isIdentifier(node) &&
        /^[a-z]\w*Permission$/.test(node.text)
      ) {
        names.add(node.text);
      }
      if (typescript.isCallExpression(node)) {
        const called = node.expression;
        if (typescript.isIdentifier(called)) {
          look(functions.get(called.text), functions);
        } else if (typescript.isPropertyAccessExpression(called)) {
          const owner = called.expression.getText();
          if (owner === 'readable' || owner === 'this') {
            look(shared.get(called.name.text), shared);
          }
        }
      }
    });
  };
  look(start, local);
  return names;
}

/** The paths that a call `router.get(…)` adds; one for each value of the loop that it stands in. */
function pathsOf(call) {
  const [first] = call.arguments;
  if (typescript.isStringLiteralLike(first)) {
    return [first.text];
  }
  let loop = call.parent;
  while (loop && !typescript.isForOfStatement(loop)) {
    loop = loop.parent;
  }
  const values = [];
  eachNode(loop.expression, node => {
    if (typescript.isStringLiteralLike(node)) {
      values.push(node.text);
    }
  });
  return values.map(
    value =>
      first.head.text +
      first.templateSpans.map(span => value + span.literal.text).join(''),
  );
}

/**
 * Every route, as `GET /things/{id}`, with the constants of the permissions that its handler asks
 * for: to let it in, to narrow a list, or to leave parts of an answer out. Read from the sources.
 */
export function routePermissions() {
  const shared = functionsIn(parse(path.join(ROUTER, 'Readable.ts')));
  const routes = new Map();
  const files = fs
    .readdirSync(ROUTER)
    .filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  for (const file of files) {
    const source = parse(path.join(ROUTER, file));
    const local = functionsIn(source);
    eachNode(source, node => {
      if (
        !typescript.isCallExpression(node) ||
        !typescript.isPropertyAccessExpression(node.expression) ||
        node.expression.expression.getText(source) !== 'router' ||
        !METHODS.includes(node.expression.name.text)
      ) {
        return;
      }
      const method = node.expression.name.text.toUpperCase();
      for (const route of pathsOf(node)) {
        routes.set(
          `${method} ${route.replace(/:(\w+)/g, '{$1}')}`,
          permissionsIn(node, local, shared),
        );
      }
    });
  }
  return routes;
}
