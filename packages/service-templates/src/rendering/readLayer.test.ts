import { serviceTemplates } from '../catalogue/serviceTemplates';
import { readLayer } from './readLayer';

const folders = serviceTemplates
  .flatMap(template => [template, ...Object.values(template.databases)])
  .flatMap(({ layers }) => layers.map(layer => layer.folder));

describe.each([...new Set(folders)])('layer %s', folder => {
  const layer = readLayer(folder);

  it('has templates', () => {
    expect(layer.size).toBeGreaterThan(0);
  });

  it('has no name that a packer might leave out of the published package', () => {
    const segments = [...layer.keys()].flatMap(name => name.split('/'));
    expect(
      segments.filter(segment => /^\.|^node_modules$/.test(segment)),
    ).toEqual([]);
  });

  it('puts no value into a file without saying how it is encoded', () => {
    const unsafe = [...layer].flatMap(([name, source]) =>
      [...source.matchAll(/<\$ *([^|$]*?) *\$>/g)]
        .map(([, expression]) => expression)
        .filter(expression =>
          /\b(?:description|purpose|owner|repositoryUrl)\b/.test(expression),
        )
        .filter(expression => !/^variable\.description$/.test(expression))
        .map(expression => `${name}: ${expression}`),
    );
    expect(unsafe).toEqual([]);
  });
});
