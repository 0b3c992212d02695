import { Unknown } from '../Value';
import { readTerraform } from './readTerraform';

const main = (content: string) => [{ path: 'main.tf', content }];

describe('readTerraform', () => {
  it('works out variables, locals and values that are given', () => {
    const { resources } = readTerraform([
      {
        path: 'main.tf',
        content: `variable "size" { default = 5 }
variable "name" { default = "no" }
variable "open" {}
locals { doubled = var.size * 2 }
resource "a" "b" {
  size = local.doubled
  name = var.name
  open = var.open
}`,
      },
      { path: 'terraform.tfvars', content: 'name = "given"' },
    ]);
    const resource = resources.find(({ type }) => type === 'a');
    expect(resource?.attributes).toMatchObject({ size: 10, name: 'given' });
    expect(resource?.attributes.open).toBeInstanceOf(Unknown);
    expect(resource?.lineOf(['name'])).toBe(7);
  });

  it.each([
    ['count = 2', ['a.b[0]', 'a.b[1]']],
    ['count = 0', []],
    ['count = var.count', ['a.b']],
    ['for_each = { x = 1, y = 2 }', ['a.b["x"]', 'a.b["y"]']],
    ['for_each = toset(["x"])', ['a.b["x"]']],
    ['for_each = var.all', ['a.b']],
  ])('makes the copies of %s', (copies, addresses) => {
    const { resources } = readTerraform(
      main(`resource "a" "b" {\n${copies}\n}`),
    );
    expect(resources.map(({ address }) => address)).toEqual(addresses);
  });

  it('unfolds dynamic blocks, and keeps unknown ones unknown', () => {
    const [known, unknown] = readTerraform(
      main(`resource "a" "known" {
  dynamic "rule" {
    for_each = [22, 80]
    content { port = rule.value }
  }
}
resource "a" "unknown" {
  dynamic "rule" {
    for_each = var.rules
    content { port = rule.value }
  }
}`),
    ).resources;
    expect(known.attributes.rule).toEqual([{ port: 22 }, { port: 80 }]);
    expect(unknown.attributes.rule).toBeInstanceOf(Unknown);
  });

  it('reads modules of the same tree with their inputs and outputs', () => {
    const { resources, unchecked } = readTerraform([
      {
        path: 'main.tf',
        content: `module "store" {
  source = "./modules/store"
  acl    = "public-read"
}
resource "a" "b" { name = module.store.name }`,
      },
      {
        path: 'modules/store/main.tf',
        content: `variable "acl" { default = "private" }
output "name" { value = "n-\${var.acl}" }
resource "aws_s3_bucket" "s" { acl = var.acl }`,
      },
    ]);
    expect(unchecked).toEqual([]);
    expect(
      resources.find(({ type }) => type === 'aws_s3_bucket'),
    ).toMatchObject({
      address: 'module.store.aws_s3_bucket.s',
      file: 'modules/store/main.tf',
      attributes: { acl: 'public-read' },
    });
    expect(resources.find(({ type }) => type === 'a')?.attributes.name).toBe(
      'n-public-read',
    );
  });

  it.each([
    ['broken HCL', main('resource "a" {'), /cannot be read/],
    [
      'a module from elsewhere',
      main('module "m" { source = "hashicorp/vpc/aws" }'),
      /not among the files/,
    ],
    [
      'modules in a circle',
      [
        { path: 'a/main.tf', content: 'module "b" { source = "../b" }' },
        { path: 'b/main.tf', content: 'module "a" { source = "../a" }' },
      ],
      /calls itself/,
    ],
  ])('tells %s', (_what, files, reason) => {
    expect(readTerraform(files).unchecked).toContainEqual(
      expect.objectContaining({ reason: expect.stringMatching(reason) }),
    );
  });

  it('leaves a local that refers to itself unknown', () => {
    const { resources } = readTerraform(
      main(
        'locals {\n a = local.b\n b = local.a\n}\nresource "a" "b" { c = local.a }',
      ),
    );
    expect(resources[0].attributes.c).toBeInstanceOf(Unknown);
  });
});
