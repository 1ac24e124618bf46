import { runPidProxy } from "./io/pid-proxy.ts";

const USAGE = `pidproxy: runs a command, and passes signals on to the process whose id stands in a file.

Usage: pidproxy PIDFILE COMMAND [ARGUMENTS]

For programs that daemonize, under supervisord: TERM, HUP, INT, QUIT, USR1 and USR2 go to the process of the file.
`;

const [pidfile, ...command] = process.argv.slice(2);
if (pidfile === undefined || command.length === 0) {
  process.stdout.write(USAGE);
  process.exit(1);
}
// Supervisor's ends with 0 however the command ended.
runPidProxy(pidfile, command).then(() => process.exit(0));
