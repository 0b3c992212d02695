import { Environment, ILoader, LoaderSource } from 'nunjucks';
import * as encoders from './encoders';
import { Layer } from './readLayer';

class LayerLoader implements ILoader {
  constructor(private readonly layers: readonly Layer[]) {}

  getSource(name: string): LoaderSource {
    for (const layer of [...this.layers].reverse()) {
      const src = layer.get(name);
      if (src !== undefined) {
        return { src, path: name, noCache: false };
      }
    }
    throw new Error(`No layer has the template ${name}`);
  }
}

/**
 * Nunjucks with delimiters that occur in none of the languages we render
 * (`<$ value $>`, `<% block %>`, `<# comment #>`), so that Helm, GitHub Actions
 * and GitLab expressions stay as they are. Nothing is escaped on its own: each
 * value names its encoder. Later layers win over earlier ones.
 */
export function createEnvironment(layers: readonly Layer[]): Environment {
  const environment = new Environment(new LayerLoader(layers), {
    autoescape: false,
    throwOnUndefined: true,
    trimBlocks: true,
    lstripBlocks: true,
    tags: {
      blockStart: '<%',
      blockEnd: '%>',
      variableStart: '<$',
      variableEnd: '$>',
      commentStart: '<#',
      commentEnd: '#>',
    },
  });
  environment.addFilter('json', encoders.encodeJson);
  environment.addFilter('yaml', encoders.encodeYaml);
  environment.addFilter('toml', encoders.encodeToml);
  environment.addFilter('tsString', encoders.encodeTypeScript);
  environment.addFilter('hcl', encoders.encodeHcl);
  environment.addFilter('shell', encoders.encodeShell);
  environment.addFilter('markdown', encoders.encodeMarkdown);
  environment.addFilter('comment', encoders.encodeComment);
  return environment;
}
