// How long reading a configuration of 10,000 lines takes, warm: `node test/bench/read-config.ts`.
import { readConfiguration } from "../../daemon/config/read.ts";
import { localMachine } from "../../daemon/io/machine.ts";

const ROUNDS = 60;
const LINES = 10_000;

const text = configuration(LINES);
const machine = localMachine({
  environment: { ...process.env, PORT: "3000" },
  readFile: () => ({ kind: "text", text }),
});

const rounds: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  const startedAt = performance.now();
  const { refusal } = readConfiguration("/tmp/supervisord.conf", machine);
  rounds.push(performance.now() - startedAt);
  if (refusal !== null) throw new Error(`cannot measure: ${refusal}`);
}
const warm = rounds.slice(ROUNDS / 2).sort((a, b) => a - b);
const [best = 0, median = 0] = [warm[0], warm[Math.floor(warm.length / 2)]];
console.log(
  `${text.split("\n").length} lines: best ${best.toFixed(1)} ms, median ${median.toFixed(1)} ms, first ${rounds[0]?.toFixed(1)} ms`,
);

function configuration(lines: number): string {
  const parts = ["[supervisord]\n"];
  for (let program = 0; program * 14 < lines; program++) {
    parts.push(`; a program of many
[program:worker${program}]
command=/usr/bin/env python3 -m http.server %(ENV_PORT)s ; serves files
directory=/tmp
numprocs=1
autostart=true
autorestart=true
startsecs=3
stopasgroup=true
environment=MODE="production",NAME="%(program_name)s",PATH="/opt/bin:%(ENV_PATH)s"
stdout_logfile=/tmp/%(program_name)s.log
stdout_logfile_maxbytes=10MB
redirect_stderr=true

`);
  }
  return parts.join("");
}
