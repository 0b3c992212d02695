import fs from 'node:fs';
import { docOf } from './docOf.mjs';

/** What types of other packages are called for people who write configuration. */
const NAMES = {
  HumanDuration: 'duration',
  SchedulerServiceTaskScheduleDefinitionConfig: 'schedule',
};

/**
 * Every key below the `Config` of a config.d.ts, in the order of the file: its type, its default as
 * the comment says it ("Default 72."), its visibility and what it means. `[]` stands for any element
 * of a list, `<name>` for any name.
 */
export function settingsIn(typescript, file) {
  const source = typescript.createSourceFile(
    file,
    fs.readFileSync(file, 'utf8'),
    typescript.ScriptTarget.Latest,
    true,
  );

  const elementOf = type => {
    if (typescript.isArrayTypeNode(type)) return type.elementType;
    return typescript.isTypeReferenceNode(type) &&
      type.typeName.getText(source) === 'Array'
      ? type.typeArguments[0]
      : undefined;
  };

  function nameOf(type) {
    const element = elementOf(type);
    if (element) return `list of ${nameOf(element)}`;
    if (typescript.isUnionTypeNode(type)) {
      return [...new Set(type.types.map(nameOf))].join(' or ');
    }
    if (typescript.isLiteralTypeNode(type)) return `\`${type.literal.text}\``;
    if (typescript.isTypeLiteralNode(type)) return 'object';
    const text = type.getText(source);
    return NAMES[text] ?? text;
  }

  /** Where the keys of a type are: in itself, in the elements of a list, in each of several forms. */
  function formsOf(type) {
    const element = elementOf(type);
    if (element) {
      return formsOf(element).map(form => ({ ...form, suffix: '[]' }));
    }
    if (typescript.isTypeLiteralNode(type)) {
      return [{ members: type.members, suffix: '' }];
    }
    return typescript.isUnionTypeNode(type) ? type.types.flatMap(formsOf) : [];
  }

  const settings = [];
  function add(setting) {
    const same = settings.find(({ key }) => key === setting.key);
    if (!same) {
      settings.push(setting);
      return;
    }
    // Another form of the same object.
    if (!same.type.split(' or ').includes(setting.type)) {
      same.type = `${same.type} or ${setting.type}`;
    }
    for (const part of ['text', 'byDefault']) {
      if (setting[part] && setting[part] !== same[part]) {
        same[part] = [same[part], setting[part]].filter(Boolean).join(' ');
      }
    }
  }

  /** What tells this form of an object from the others, such as `approle`; nothing where there is one. */
  const formName = members =>
    members.find(
      ({ type, name }) =>
        name && typescript.isLiteralTypeNode(type) && type.literal.text,
    )?.type.literal.text;

  function walk(members, prefix) {
    const form = formName(members);
    for (const member of members) {
      const name = typescript.isIndexSignatureDeclaration(member)
        ? `<${member.parameters[0].name.text}>`
        : member.name.text;
      const key = prefix ? `${prefix}.${name}` : name;
      const { text, tags } = docOf(typescript, member);
      const [, byDefault] = /(?:^|\s)Default (.+?)\.(?=\s|$)/.exec(text) ?? [];
      const forms = formsOf(member.type);
      add({
        key,
        leaf: forms.length === 0,
        type: nameOf(member.type),
        needed:
          member.questionToken === undefined &&
          !typescript.isIndexSignatureDeclaration(member),
        byDefault:
          form && byDefault ? `with \`${form}\`: ${byDefault}` : byDefault,
        visibility:
          tags.get('visibility') ?? tags.get('deepVisibility') ?? 'backend',
        text: `${
          form && !typescript.isLiteralTypeNode(member.type)
            ? `With \`${form}\`: `
            : ''
        }${text.replace(/(?:^|\s)Default .+?\.(?=\s|$)/, '').trim()}`,
      });
      for (const below of forms) {
        walk(below.members, `${key}${below.suffix}`);
      }
    }
  }

  for (const statement of source.statements) {
    if (
      typescript.isInterfaceDeclaration(statement) &&
      statement.name.text === 'Config'
    ) {
      walk(statement.members, '');
    }
  }
  return settings;
}
