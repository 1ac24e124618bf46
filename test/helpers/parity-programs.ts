/** Programs of every kind that calls can meet, in groups of every kind. */
export const PROGRAMS = `
[program:web]
command=/bin/sh -c 'echo hello; echo oops >&2; exec sleep 1000'
startsecs=0
stdout_logfile=%(here)s/web.log
[program:slow]
command=/bin/sleep 1000
startsecs=1
autostart=false
[program:idle]
command=/bin/sleep 1000
autostart=false
startsecs=0
user=root
directory=/usr
stopsignal=INT
[program:cat]
command=/bin/cat
startsecs=0
stdout_logfile=%(here)s/cat.log
redirect_stderr=true
[program:silent]
command=/bin/sleep 1000
startsecs=0
stdout_logfile=NONE
stderr_logfile=NONE
[program:once]
command=/bin/sh -c 'sleep 0.3; exit 0'
startsecs=0
autorestart=false
[program:bad]
command=/bin/sh -c 'sleep 0.3; exit 3'
startsecs=0
autorestart=false
exitcodes=0,2
environment=A="1",B="two"
[program:quick]
command=/bin/sh -c 'exit 3'
autostart=false
autorestart=false
startretries=0
startsecs=10
[program:retrying]
command=/bin/sh -c 'exit 3'
autostart=false
startretries=1000
startsecs=10
[program:ghost]
command=/no/such/command
autostart=false
startretries=0
[program:folder]
command=/usr
autostart=false
[program:text]
command=/etc/passwd
autostart=false
[program:unclosed]
command=/bin/echo "unclosed
autostart=false
[program:a]
command=/bin/sleep 1000
startsecs=0
priority=5
[program:b]
command=/bin/sleep 1000
startsecs=0
priority=4
[group:pair]
programs=a,b
priority=7
[program:many]
command=/bin/sleep 1000
process_name=%(program_name)s_%(process_num)02d
numprocs=2
startsecs=0
autostart=false
[program:deaf]
command=/bin/sh -c 'trap "" TERM; echo ready; while :; do sleep 0.1; done'
startsecs=0
stopwaitsecs=3
stdout_logfile=%(here)s/deaf.log
autostart=false
[program:näme]
command=/bin/sh -c 'echo grüß; exec sleep 1000'
startsecs=0
`;

/** The same without those that end by themselves: what becomes of them depends on how fast the daemon is. */
export const steadyPrograms = (): string =>
  PROGRAMS.split(/^(?=\[)/m)
    .filter((section) => !/^\[program:(?:once|bad|quick|retrying)\]/.test(section))
    .join("");
