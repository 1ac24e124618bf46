import { Console } from "node:console";
import {
  type Connection,
  createConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { PiecewiseEncoder } from "./encoder.ts";

/** A connection on standard input and output; the process ends when its client is gone. */
export function connectionOnStdio(): Connection {
  // What a library prints would stand between the messages.
  globalThis.console = new Console(process.stderr);
  const writer = new StreamMessageWriter(process.stdout, { contentTypeEncoder: new PiecewiseEncoder() });
  const connection = createConnection(ProposedFeatures.all, new StreamMessageReader(process.stdin), writer);
  let code = 1;
  connection.onShutdown(() => {
    code = 0;
  });
  process.stdin.once("close", () => process.exit(code));
  return connection;
}
