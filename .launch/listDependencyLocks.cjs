// Prints, as JSON, the manifest and lock of every kind of Node service that can
// be generated. Run with Backstage's transform, since the library is TypeScript.
const {
  dependencyLock,
  listTemplates,
} = require('../packages/service-templates/src');

const locks = listTemplates()
  .filter(({ language }) => language === 'nodejs')
  .flatMap(({ language, pattern, databases }) =>
    databases.map(database => ({
      title: `${language} ${pattern}, database ${database}`,
      ...dependencyLock({
        name: 'service',
        description: '',
        owner: 'group:default/owners',
        language,
        pattern,
        database,
        environment: 'development',
        port: 8080,
      }),
    })),
  );

process.stdout.write(JSON.stringify(locks));
