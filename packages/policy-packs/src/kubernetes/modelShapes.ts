import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as TypeScript from 'typescript';
import { lazyRequire } from '../lazyRequire';

type Compiler = typeof TypeScript;

/** The type of a field, as far as it says which fields there are below it. */
export type FieldType =
  | { readonly kind: 'model'; readonly file: string }
  | { readonly kind: 'list'; readonly of: FieldType }
  | { readonly kind: 'map'; readonly of: FieldType }
  | { readonly kind: 'open' };

/** The fields of a model, or `undefined` when it takes any. */
export type Shape = ReadonlyMap<string, FieldType> | undefined;

const OPEN: FieldType = { kind: 'open' };
const shapes = new Map<string, Shape>();

function declarationFile(id: string, from: string): string {
  const resolved = id.startsWith('.')
    ? path.resolve(path.dirname(from), id)
    : createRequire(from).resolve(id).replace(/\.js$/, '');
  return `${resolved}.d.ts`;
}

function typeOf(
  ts: Compiler,
  node: TypeScript.TypeNode | undefined,
  models: ReadonlyMap<string, string>,
): FieldType {
  if (node && ts.isTypeLiteralNode(node)) {
    const [index] = node.members.filter(ts.isIndexSignatureDeclaration);
    return index ? { kind: 'map', of: typeOf(ts, index.type, models) } : OPEN;
  }
  if (!node || !ts.isTypeReferenceNode(node)) {
    return OPEN;
  }
  const name = node.typeName.getText();
  if (name === 'Array') {
    return { kind: 'list', of: typeOf(ts, node.typeArguments?.[0], models) };
  }
  const file = models.get(name);
  return file ? { kind: 'model', file } : OPEN;
}

function importedModels(
  ts: Compiler,
  source: TypeScript.SourceFile,
): Map<string, string> {
  const models = new Map<string, string>();
  for (const statement of source.statements.filter(ts.isImportDeclaration)) {
    const bindings = statement.importClause?.namedBindings;
    const { text } = statement.moduleSpecifier as TypeScript.StringLiteral;
    if (bindings && ts.isNamedImports(bindings) && !text.endsWith('/base')) {
      for (const { name } of bindings.elements) {
        models.set(name.text, declarationFile(text, source.fileName));
      }
    }
  }
  return models;
}

function readShape(file: string): Shape {
  const ts = lazyRequire<Compiler>('typescript');
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.ESNext,
    true,
  );
  const declaration = source.statements.find(ts.isInterfaceDeclaration);
  const open =
    !declaration || declaration.members.some(ts.isIndexSignatureDeclaration);
  if (open) {
    return undefined;
  }
  const models = importedModels(ts, source);
  models.set(declaration.name.text, file);
  return new Map(
    declaration.members
      .filter(ts.isPropertySignature)
      .map(member => [
        (member.name as TypeScript.StringLiteral).text,
        typeOf(ts, member.type, models),
      ]),
  );
}

/**
 * The fields of a model by its declaration file, read once from the type declarations that
 * `kubernetes-models` ships beside its validators. The validators themselves let unknown fields pass.
 */
export function shapeOf(file: string): Shape {
  if (!shapes.has(file)) {
    shapes.set(file, readShape(file));
  }
  return shapes.get(file);
}

/** The declaration file of a built-in kind. */
export function modelFile(apiVersion: string, kind: string): string {
  return declarationFile(`kubernetes-models/${apiVersion}/${kind}`, __filename);
}
