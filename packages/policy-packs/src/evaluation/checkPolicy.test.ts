import { POLICY_PACKS } from '../packs/policyPacks';
import { checkPolicy, checkPolicyOfFiles, MAX_CHARACTERS } from './checkPolicy';

const BUCKET = 'resource "aws_s3_bucket" "logs" {\n  acl = "public-read"\n}\n';

describe('checkPolicy', () => {
  it('tells file, line, resource, severity, controls and remedy', () => {
    const { valid, verdict, violations, packs } = checkPolicy({
      type: 'terraform',
      content: BUCKET,
      filename: 'a/main.tf',
    });
    expect({ valid, verdict }).toEqual({ valid: false, verdict: 'deny' });
    expect(
      violations.find(({ rule }) => rule === 'no-public-s3-buckets'),
    ).toMatchObject({
      severity: 'critical',
      file: 'a/main.tf',
      line: 2,
      resource: 'aws_s3_bucket.logs',
      controls: { SOC2: ['CC6.1', 'CC6.6'], 'NIST AI RMF': ['MANAGE 1.3'] },
      remedy: expect.stringContaining('private'),
    });
    expect(packs).toEqual(
      POLICY_PACKS.map(({ name, version }) => ({ name, version })),
    );
  });

  it('gives a fix that a machine can apply, where one value mends it', () => {
    const { violations } = checkPolicy({
      type: 'terraform',
      content: 'resource "aws_db_instance" "d" {}',
    });
    expect(
      violations.find(({ rule }) => rule === 'encryption-at-rest-rds')?.fix,
    ).toEqual({ path: 'storage_encrypted', value: true });
  });

  it.each([
    'terraform',
    'terraform_plan',
    'cloudformation',
    'k8s_manifest',
    'dockerfile',
  ])('never takes binary, long or broken %s for allowed', type => {
    for (const content of [
      'a\u0000b',
      'x'.repeat(MAX_CHARACTERS + 1),
      '{ [',
      '',
    ]) {
      const { valid, verdict, violations } = checkPolicy({ type, content });
      const empty =
        content === '' && (type === 'terraform' || type === 'k8s_manifest');
      expect([type, content.slice(0, 5), valid, verdict]).toEqual([
        type,
        content.slice(0, 5),
        empty,
        empty ? 'allow' : 'needs_review',
      ]);
      expect(violations.map(({ rule }) => rule)).toEqual(
        empty ? [] : ['could-not-be-checked'],
      );
    }
  });

  it('needs a review where a value is known only later', () => {
    const { verdict, undecided } = checkPolicy({
      type: 'terraform',
      content:
        'variable "key" {}\nresource "aws_kinesis_stream" "s" {\n  encryption_type = var.key\n  kms_key_id = aws_kms_key.k.id\n}',
    });
    expect(verdict).toBe('needs_review');
    expect(undecided).toEqual([
      {
        rule: 'encryption-at-rest-kinesis',
        file: 'main.tf',
        line: 3,
        resource: 'aws_kinesis_stream.s',
      },
    ]);
  });

  it('allows what keeps every rule', () => {
    expect(
      checkPolicy({
        type: 'dockerfile',
        content: 'FROM a:1\nHEALTHCHECK CMD x\nUSER app\n',
      }),
    ).toMatchObject({ valid: true, verdict: 'allow', violations: [] });
  });

  it('tells the type of each file from its name and content', () => {
    const { violations } = checkPolicyOfFiles([
      { path: 'main.tf', content: BUCKET },
      { path: 'Dockerfile', content: 'FROM a' },
      {
        path: 'k/pod.yaml',
        content:
          'apiVersion: v1\nkind: Pod\nspec: { hostPID: true, containers: [{ name: c }] }',
      },
      {
        path: 'template.yaml',
        content:
          'AWSTemplateFormatVersion: "2010-09-09"\nResources: { B: { Type: "AWS::S3::Bucket", Properties: { AccessControl: PublicRead } } }',
      },
      { path: '.gitlab-ci.yml', content: 'a: { image: "b:latest" }' },
      // In two parts, so that no scanner takes this test for a leak.
      {
        path: 'notes.txt',
        content: `token = "${'glpat'}-Ab12Cd34Ef56Gh78Ij90"`,
      },
    ]);
    const found = violations.map(({ file, rule }) => `${file} ${rule}`);
    expect(found).toEqual(
      expect.arrayContaining([
        'main.tf no-public-s3-buckets',
        'Dockerfile docker-image-tag',
        'k/pod.yaml k8s-pod-security-host-pid',
        'template.yaml no-public-s3-buckets',
        '.gitlab-ci.yml pipeline-image-tag',
        'notes.txt secret-in-file',
      ]),
    );
  });

  it('refuses a type that it does not know, in words', () => {
    expect(() => checkPolicy({ type: 'cobol', content: '' })).toThrow(
      /Unknown type cobol: use one of terraform/,
    );
    expect(() => checkPolicy({ type: 'files', content: '' })).toThrow(
      /list of \{ path, content \}/,
    );
  });
});
