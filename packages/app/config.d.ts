export interface Config {
  agentic?: {
    /**
     * People whom anybody may sign in as, without a password. For development only: the backend
     * refuses to start with them when NODE_ENV is production. Default nobody.
     */
    examplePeople?: Array<{
      /**
       * The entity of the person in the catalog, for example `user:default/ada.reyes`.
       * @visibility frontend
       */
      entityRef: string;
      /**
       * The name on the sign-in page.
       * @visibility frontend
       */
      name: string;
      /**
       * What the person does and may sign, as shown on the sign-in page.
       * @visibility frontend
       */
      title: string;
    }>;
    /** Who holds a role of the example permission policy, as entity refs. Everybody else is a developer. */
    exampleRoles?: {
      /** Sees, controls and stops everything. Default nobody. */
      operator?: string[];
      /** Sees everything and changes nothing. Default nobody. */
      auditor?: string[];
    };
  };
}
