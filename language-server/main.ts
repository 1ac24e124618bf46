import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { startService } from "./service.ts";

const USAGE = `The language server for supervisord.conf. An editor starts it with one of:
  --stdio        speak on standard input and output
  --node-ipc     speak on the channel of a parent that is a Node process
  --socket=PORT  speak on a port of this machine
`;

if (process.argv.some((argument) => /^--(?:stdio|node-ipc|socket|pipe)\b/.test(argument))) {
  startService(createConnection(ProposedFeatures.all));
} else {
  process.stderr.write(USAGE);
  process.exitCode = 2;
}
