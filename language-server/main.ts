import { setFlagsFromString } from "node:v8";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { startService } from "./service.ts";

const USAGE = `The language server for supervisord.conf. An editor starts it with one of:
  --stdio        speak on standard input and output
  --node-ipc     speak on the channel of a parent that is a Node process
  --socket=PORT  speak on a port of this machine
`;

if (process.argv.some((argument) => /^--(?:stdio|node-ipc|socket|pipe)\b/.test(argument))) {
  preferMemory();
  startService(createConnection(ProposedFeatures.all));
} else {
  process.stderr.write(USAGE);
  process.exitCode = 2;
}

/** A server waits most of the time: memory is worth more than the last part of its speed. */
function preferMemory(): void {
  setFlagsFromString("--optimize-for-size");
  // What a key leaves behind is little: room for more of it would be memory that is never given back.
  setFlagsFromString("--semi-space-growth-factor=1");
  // The last of the engine's compilers takes 15 MB, and with the first keys more time than it saves. Older engines do
  // not have the one before it.
  const [version] = process.versions.v8.split(".");
  if (Number(version) >= 13) setFlagsFromString("--no-turbofan");
}
