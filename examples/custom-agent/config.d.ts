export interface Config {
  agentic?: {
    /** The runbook agent. Without it the agent is listed as inactive. */
    runbook?: {
      /** Folder in which the runbooks are kept, one file for each service. */
      folder: string;
      /** Whom to call, for example a channel or a rota. Default: the owner. */
      contact?: string;
    };
  };
}
