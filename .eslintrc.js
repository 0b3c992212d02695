// For the launcher and the checks at the root; each package has its own.
module.exports = {
  root: true,
  // Every rule holds everywhere: no comment in a source file switches one off.
  noInlineConfig: true,
  ignorePatterns: ['!.launch', '!.ci', '!.eslint'],
  overrides: [
    {
      files: ['.launch/**', '.ci/**', '.eslint/**'],
      extends: ['@spotify/eslint-config-base', 'prettier'],
      env: { node: true, es2022: true },
      parserOptions: { ecmaVersion: 2022, sourceType: 'module' },
      rules: {
        // One step after the other is what a launcher does.
        'no-await-in-loop': 'off',
        'no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      },
    },
  ],
};
