import { sampleConfiguration } from "./ctl/sample.ts";

const USAGE = `echo_supervisord_conf: prints a configuration for supervisord to begin with.

Usage: echo_supervisord_conf > supervisord.conf
`;

const [argument] = process.argv.slice(2);
if (argument === undefined) process.stdout.write(sampleConfiguration());
else if (argument === "-h" || argument === "--help") process.stdout.write(USAGE);
else {
  process.stderr.write(`Error: it takes no arguments\n\n${USAGE}`);
  process.exitCode = 2;
}
