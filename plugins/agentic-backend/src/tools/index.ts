import { agenticModuleCatalog } from './catalog/module';
import { agenticModuleGit } from './git/module';
import { agenticModuleLocalPostgres } from './localPostgres/module';
import { agenticModuleLocalProcess } from './localProcess/module';

/** The built-in tools, each a backend module like one of a third party. */
export const builtInToolModules = [
  agenticModuleCatalog,
  agenticModuleGit,
  agenticModuleLocalPostgres,
  agenticModuleLocalProcess,
];
