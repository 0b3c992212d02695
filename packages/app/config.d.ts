export interface Config {
  agentic?: {
    /**
     * People whom anybody may sign in as, without a password. For development only: the backend
     * refuses to start with them when NODE_ENV is production.
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
  };
}
