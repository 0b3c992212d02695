export interface Config {
  agentic?: {
    /** The tool `starter.id`. Without it the tool is not there. */
    starterId?: {
      /** Folder in which the notes are. */
      folder: string;
    };
  };
}
