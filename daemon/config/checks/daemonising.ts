import { type Message, say } from "../say.ts";
import type { Command } from "./program-view.ts";

/** Why a command leaves the foreground, and what keeps it there: words to append or to take out, null for none. */
export type Daemonising = {
  readonly reason: Message;
  readonly append: string | null;
  readonly remove: string | null;
  /** Whether a configuration file of its own is named, which may keep it in the foreground. */
  readonly configured: boolean;
};

type Rule = {
  readonly program: RegExp;
  /** The program stays in the foreground with one of these. */
  readonly unless: RegExp;
  readonly append: string;
};

const BACKGROUND_BY_DEFAULT: readonly Rule[] = [
  { program: /^(nginx|openresty)$/, unless: /daemon\s+off/, append: '-g "daemon off;"' },
  { program: /^php(-)?fpm[\d.]*$/, unless: /(^|\s)(-F|--nodaemonize)(\s|$)/, append: "-F" },
  { program: /^(apache2|httpd|apache2ctl|apachectl)$/, unless: /FOREGROUND/, append: "-D FOREGROUND" },
  { program: /^sshd$/, unless: /(^|\s)-[a-zA-Z]*[Dd]/, append: "-D" },
  { program: /^(cron|crond)$/, unless: /(^|\s)-[a-z]*[fn]/, append: "-f" },
  { program: /^rsyslogd$/, unless: /(^|\s)-n/, append: "-n" },
  { program: /^dnsmasq$/, unless: /(^|\s)(-k|-d|--keep-in-foreground|--no-daemon)(\s|$)/, append: "-k" },
  { program: /^named$/, unless: /(^|\s)-[fg](\s|$)/, append: "-f" },
  { program: /^varnishd$/, unless: /(^|\s)-F(\s|$)/, append: "-F" },
  { program: /^squid$/, unless: /(^|\s)-[a-zA-Z]*N/, append: "-N" },
  { program: /^(smbd|nmbd)$/, unless: /(^|\s)(-F|--foreground)(\s|$)/, append: "--foreground" },
  { program: /^dovecot$/, unless: /(^|\s)-F(\s|$)/, append: "-F" },
  { program: /^proftpd$/, unless: /(^|\s)(-n|--nodaemon)(\s|$)/, append: "--nodaemon" },
  { program: /^supervisord$/, unless: /(^|\s)(-n|--nodaemon)(\s|$)/, append: "-n" },
  { program: /^vsftpd$/, unless: /background=/i, append: "-obackground=NO" },
];

const BACKGROUND_BY_FLAG: readonly { readonly program: RegExp; readonly flag: RegExp }[] = [
  {
    program: /^(gunicorn|unicorn|puma|thin|memcached|haproxy|dockerd?|docker-compose|caddy)$/,
    flag: /^(-D|-d|--daemon|--daemonize|--detach)$/,
  },
  { program: /^uwsgi$/, flag: /^(-d|--daemonize2?)(=|$)/ },
  { program: /^celery$/, flag: /^(multi|--detach)$/ },
  { program: /^(mysqld|mariadbd)$/, flag: /^(-D|--daemonize)$/ },
  { program: /^(docker|podman)$/, flag: /^(-d|--detach)$/ },
  { program: /^pm2$/, flag: /^(start|restart|reload)$/ },
  { program: /^pg_ctl$/, flag: /^start$/ },
  { program: /^rabbitmq-server$/, flag: /^-detached$/ },
  { program: /^start-stop-daemon$/, flag: /^(-b|--background)$/ },
  { program: /^postfix$/, flag: /^start$/ },
  { program: /^mongod$/, flag: /^--fork$/ },
  { program: /^(redis-server|keydb-server)$/, flag: /^--daemonize$/ },
];

const SERVICES = /^(service|systemctl|invoke-rc.d)$/;

/** All of them at once, as most programs are none. */
const KNOWN = new RegExp(
  [...BACKGROUND_BY_DEFAULT, ...BACKGROUND_BY_FLAG, { program: SERVICES }]
    .map(({ program }) => program.source)
    .join("|"),
);

const CONFIGURED = /(^|\s)(-c|-y|-f|--fpm-config)([\s=]|$)/;

/** Known programs that leave the foreground as they are called here; null for all others. */
export function daemonising({ words, name: program, script }: Command): Daemonising | null {
  const first = words[0] ?? "";
  if (!first.startsWith("/etc/init.d/") && !KNOWN.test(program)) return null;
  if (script !== null) return null;
  const rest = words.slice(1);
  const line = rest.join(" ");
  const rule = BACKGROUND_BY_DEFAULT.find((candidate) => candidate.program.test(program));
  if (rule !== undefined) {
    if (rule.unless.test(line)) return null;
    const configured = CONFIGURED.test(line);
    const reason = say`${program} leaves the foreground, unless its own configuration keeps it there: Supervisor would take that for an exit.`;
    return { reason, append: rule.append, remove: null, configured };
  }
  const isService = SERVICES.test(program) || first.startsWith("/etc/init.d/");
  if (isService && /\b(start|restart)\b/.test(line)) {
    const reason = say`${program} starts a service and ends: Supervisor would take that for an exit.`;
    return { reason, append: null, remove: null, configured: false };
  }
  const flagged = BACKGROUND_BY_FLAG.find((candidate) => candidate.program.test(program));
  const flag = rest.find((word) => flagged?.flag.test(word) === true);
  if (flag === undefined || (flag === "--daemonize" && line.includes("--daemonize no"))) return null;
  const reason = say`${program} goes to the background with ${flag}: Supervisor would take that for an exit.`;
  const removed = flag === "--daemonize" && line.includes("--daemonize yes") ? "--daemonize yes" : flag;
  return { reason, append: null, remove: flag.startsWith("-") ? removed : null, configured: false };
}
