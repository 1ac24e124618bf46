/** The release of Supervisor whose behaviour the daemon has. */
export const SUPERVISOR_VERSION = "4.3.0";

/** The version of Supervisor's XML-RPC interface; its clients refuse to talk to another. */
export const API_VERSION = "3.0";
