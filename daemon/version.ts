/** The release of Supervisor whose behaviour the daemon has. */
export const SUPERVISOR_VERSION = "4.3.0";

/** The version of Supervisor's XML-RPC interface; its clients refuse to talk to another. */
export const API_VERSION = "3.0";

/** The version in package.json: the bundler puts it here. */
declare const PACKAGE_VERSION: string;

/** The version of this package. */
export function packageVersion(): string {
  return PACKAGE_VERSION;
}
