/** What `supervisorctl -h` prints. */
export const USAGE = `supervisorctl: tells a running supervisord what to do.

Usage: supervisorctl [options] [action [arguments]]

  -c, --configuration FILE   the configuration whose [supervisorctl] section applies; else the usual places
  -s, --serverurl URL        the server: unix:///path/to/socket or http://host:port (http://localhost:9001)
  -u, --username NAME        user name for the server
  -p, --password PASSWORD    password for the server
  -r, --history_file FILE    where the prompt keeps its history
  -i, --interactive          ask before a shutdown or reload, as the prompt does
  -h, --help                 print this

Without an action a prompt opens. "supervisorctl help" lists the actions, "supervisorctl help start" explains one.
`;
