import { configAround } from "./daemon.ts";

/** Programs in every state that `supervisorctl` can meet. */
export const PROGRAMS = `
[program:cat]
command=/bin/cat
startsecs=0
[program:hello]
command=/bin/sh -c 'printf "h\\303\\251llo <&>\\n"; echo oops >&2; exec sleep 1000'
startsecs=0
[program:idle]
command=/bin/sleep 1000
autostart=false
startsecs=0
[program:ghost]
command=/no/such/command
autostart=false
startretries=0
[program:quick]
command=/bin/sh -c 'exit 3'
autostart=false
autorestart=false
startretries=0
startsecs=10
[program:a-name-that-is-longer-than-thirty-characters]
command=/bin/sleep 1000
startsecs=0
priority=1
[program:many]
command=/bin/sleep 1000
process_name=%(program_name)s_%(process_num)02d
numprocs=2
startsecs=0
[program:a]
command=/bin/sleep 1000
startsecs=0
[program:b]
command=/bin/sleep 1000
startsecs=0
[group:pair]
programs=a,b
priority=5
`;

/** The configuration after an edit: one group gone, one new, one changed. */
export const EDITED = PROGRAMS.replace("[group:pair]\nprograms=a,b", "[group:couple]\nprograms=a,b").replace(
  "command=/bin/cat",
  "command=/bin/cat -u",
);

/** A whole configuration with these programs, for a folder. */
export function around(programs: string): (folder: string) => string {
  return (folder) => configAround(folder, programs);
}
