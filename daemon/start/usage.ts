/** What `supervisord -h` prints. */
export const USAGE = `supervisord: runs and watches programs, and restarts them when they die.

Usage: supervisord [options]

  -c, --configuration FILE   the configuration; without it the usual places are searched
  -n, --nodaemon             stay in the foreground
  -s, --silent               in the foreground, print no log lines
  -u, --user USER            run as this user
  -m, --umask OCTAL          umask of the daemon and its programs (022)
  -d, --directory DIR        change to this directory when going to the background
  -l, --logfile FILE         the daemon's own log
  -y, --logfile_maxbytes N   size at which it is rotated (50MB)
  -z, --logfile_backups N    rotated logs that are kept (10)
  -e, --loglevel LEVEL       critical, error, warn, info, debug, trace or blather
  -j, --pidfile FILE         where the daemon's process id is written
  -i, --identifier NAME      name of this daemon
  -q, --childlogdir DIR      where AUTO logs of programs go
  -k, --nocleanup            keep the AUTO logs of an earlier run
  -a, --minfds N             refuse to start where fewer files can be open (1024)
      --minprocs N           refuse to start where fewer processes can run (200)
  -t, --strip_ansi           take escape sequences out of the logs of programs
  -v, --version              print the version of Supervisor that this daemon behaves as
  -h, -?, --help             print this

Beyond Supervisor:
      --check                print what is wrong with the configuration, and start nothing
      --strict               with --check, take what Supervisor is silent about for errors
      --format text|json     with --check, print problems, or the resolved configuration as JSON
      --lenient              with --check, look at no path, user or plugin, and read fragments
      --dialect 4.3|4.4      the release of Supervisor that the configuration is read as (4.3)
      --plan                 print as JSON what starting the configuration would run, and start nothing
      --allow-open-tcp       open TCP ports to other machines also without a password: whoever reaches them acts
      --state-directory DIR  where logs and pidfile go that the configuration does not place
      --last-window WHAT     when no window of an editor is connected: keep, or stop:SECONDS to end after that time
      --print-unit KIND      print a unit that runs this configuration, for systemd or launchd
      --expect-digest HEX    start only if the configuration is still the one that --plan showed
`;
