import { readCloudFormation } from './readCloudFormation';
import { readDockerfile } from './readDockerfile';
import { readKubernetes } from './readKubernetes';
import { readTerraformPlan } from './terraform/readTerraformPlan';
import { Unknown } from './Value';

const BOMB = `a: &a [x, x, x, x, x, x, x, x, x, x]
${['b', 'c', 'd', 'e', 'f', 'g', 'h']
  .map(
    (name, index) =>
      `${name}: &${name} [${Array(10)
        .fill(`*${'abcdefg'[index]}`)
        .join(', ')}]`,
  )
  .join('\n')}
`;

describe('readCloudFormation', () => {
  const TEMPLATE = `Parameters:
  Size: { Type: Number, Default: 5 }
  Given: { Type: String }
Conditions:
  Big: !Equals [!Ref Size, 5]
  Open: !Equals [!Ref Given, x]
Mappings:
  Map: { one: { two: three } }
Resources:
  Skipped: { Type: "AWS::A::B", Condition: Never }
  R:
    Type: AWS::A::B
    Properties:
      Size: !Ref Size
      Given: !Ref Given
      Other: !GetAtt Other.Arn
      Text: !Sub "s-\${Size}"
      Joined: !Join ["-", [a, b]]
      Mapped: !FindInMap [Map, one, two]
      If: !If [Big, yes, no]
      Gone: !Ref AWS::NoValue
      Maybe: !If [Open, 1, 2]
`;

  it('works intrinsic functions out', () => {
    const { resources } = readCloudFormation(TEMPLATE, 't.yaml');
    const resource = resources.find(({ name }) => name === 'R');
    expect(resource?.attributes).toEqual({
      Size: 5,
      Given: expect.any(Unknown),
      Other: expect.objectContaining({ references: ['Other'] }),
      Text: 's-5',
      Joined: 'a-b',
      Mapped: 'three',
      If: 'yes',
      Maybe: expect.any(Unknown),
    });
    expect(resource?.lineOf(['Text'])).toBe(17);
  });

  it('takes parameters that are given', () => {
    const { resources } = readCloudFormation(TEMPLATE, 't.yaml', {
      Given: 'x',
    });
    expect(
      resources.find(({ name }) => name === 'R')?.attributes,
    ).toMatchObject({ Given: 'x', Maybe: 1 });
  });

  it.each([
    ['no template', 'a: 1', /no Resources/],
    ['broken YAML', 'Resources: [', /cannot be read/],
    ['a bomb', BOMB, /more than can be looked at/],
  ])('tells %s', (_what, content, reason) => {
    expect(readCloudFormation(content, 't.yaml').unchecked[0].reason).toMatch(
      reason,
    );
  });
});

describe('readKubernetes', () => {
  it('reads documents and lists, with their lines', () => {
    const { resources, unchecked } = readKubernetes(
      'kind: Service\nmetadata: { name: a }\n---\nkind: List\nitems:\n  - kind: ConfigMap\n    metadata: { name: b }\n',
      'm.yaml',
    );
    expect(unchecked).toEqual([]);
    expect(resources.map(({ address, line }) => [address, line])).toEqual([
      ['Service/a', 1],
      ['ConfigMap/b', 6],
    ]);
  });

  it.each([
    ['a document without a kind', 'a: 1', /no kind/],
    [
      'a pod without containers',
      'kind: Pod\nspec: { containers: }',
      /no containers/,
    ],
    [
      'a template that was not rendered',
      'kind: {{ .Values.kind }}',
      /cannot be read|no kind/,
    ],
    ['a bomb', BOMB, /more than can be looked at/],
    ['a key twice', 'kind: Pod\nkind: Job', /cannot be read/],
  ])('tells %s', (_what, content, reason) => {
    expect(readKubernetes(content, 'm.yaml').unchecked[0].reason).toMatch(
      reason,
    );
  });

  it('keeps a key that is called __proto__ out of the prototype', () => {
    const [resource] = readKubernetes(
      'kind: Secret\n__proto__: { type: x }',
      'm.yaml',
    ).resources;
    expect(resource.attributes.type).toBeUndefined();
  });
});

describe('readDockerfile', () => {
  it('puts defaults of arguments in place', () => {
    const [resource] = readDockerfile(
      'ARG TAG=1\nFROM a:$TAG AS b\nRUN x \\\n  y\nFROM ${BASE}\n',
      'Dockerfile',
    ).resources;
    expect(resource.attributes.stages).toMatchObject([
      {
        from: { image: 'a:1', alias: 'b' },
        line: 2,
        instructions: [{ keyword: 'RUN', line: 3 }],
      },
      { from: { image: expect.any(Unknown) }, line: 5 },
    ]);
  });

  it('tells a file without FROM', () => {
    expect(readDockerfile('RUN x', 'Dockerfile').unchecked).toHaveLength(1);
  });
});

describe('readTerraformPlan', () => {
  it('keeps what is known after apply unknown, and leaves out what is destroyed', () => {
    const change = (address: string, actions: string[]) => ({
      address,
      type: 'aws_s3_bucket',
      name: 'b',
      mode: 'managed',
      change: {
        actions,
        after: { acl: 'private', policy: null },
        after_unknown: { id: true },
      },
    });
    const { resources } = readTerraformPlan(
      {
        resource_changes: [
          change('aws_s3_bucket.b', ['create']),
          change('aws_s3_bucket.c', ['delete']),
        ],
      },
      'plan.json',
    );
    expect(resources).toHaveLength(1);
    expect(resources[0].attributes).toEqual({
      acl: 'private',
      id: expect.any(Unknown),
    });
  });

  it('tells other JSON', () => {
    expect(readTerraformPlan({ a: 1 }, 'plan.json').unchecked).toHaveLength(1);
  });
});
