export interface Config {
  agentic?: {
    /** HashiCorp Vault as a store of secrets, with the id `vault`. Needs a KV secrets engine of version 2. */
    vault?: {
      /** Address of the server, for example `https://vault.example.com:8200`. */
      url: string;
      /** Namespace, for Vault Enterprise and HCP. */
      namespace?: string;
      /** Where the secrets engine is mounted. Default `secret`. */
      mount?: string;
      /** Folder in which everything is kept. Default `agentic`. */
      pathPrefix?: string;
      /**
       * Where a database secrets engine is mounted. With it credentials are made for single calls, under
       * the id `vault-database`.
       */
      databaseMount?: string;
      /** File with the certificate authority of the server, when the system does not know it. */
      caFile?: string;
      /** Seconds after which a request is given up. Default 10. */
      timeoutSeconds?: number;
      /** How the portal signs in to Vault. */
      auth:
        | {
            /** Which of the ways it is. */
            method: 'token';
            /**
             * The token.
             * @visibility secret
             */
            token: string;
          }
        | {
            method: 'approle';
            /** The id of the role. */
            roleId: string;
            /**
             * The secret id that goes with it.
             * @visibility secret
             */
            secretId: string;
            /** Where the method is mounted. Default `approle`. */
            mount?: string;
          }
        | {
            method: 'kubernetes';
            /** The role that the service account may take. */
            role: string;
            /** File with the token of the service account. Default the one that Kubernetes provides. */
            jwtFile?: string;
            /** Where the method is mounted. Default `kubernetes`. */
            mount?: string;
          };
    };
  };
}
