const createPackageConfig = require('@backstage/cli/config/eslint-factory');
const importDirection = require('./importDirection');

const houseRules = {
  // A zod schema and its type share one name; TypeScript itself reports a real
  // second declaration.
  '@typescript-eslint/no-redeclare': 'off',
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/ban-ts-comment': 'error',
};

// Browser tests are programs for Node that lie in the package of the pages.
const browserTests = {
  files: ['e2e-tests/**'],
  rules: {
    'no-restricted-imports': 'off',
    '@backstage/no-undeclared-imports': 'off',
  },
};

/**
 * The ESLint configuration of a package: Backstage's for its role, our house
 * rules, and the import directions of its kind (see importDirection).
 */
module.exports = function forPackage(dir, kind) {
  const direction = importDirection(dir, kind);
  return createPackageConfig(dir, {
    ...direction,
    rules: { ...houseRules, ...direction.rules },
    overrides: [...(direction.overrides ?? []), browserTests],
  });
};
