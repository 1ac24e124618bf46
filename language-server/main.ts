import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { startService } from "./service.ts";
import { connectionOnStdio } from "./stdio.ts";

const USAGE = `The language server for supervisord.conf. An editor starts it with one of:
  --stdio        speak on standard input and output
  --node-ipc     speak on the channel of a parent that is a Node process
  --socket=PORT  speak on a port of this machine
`;

/** In percent, until the whole heap is searched for what can be thrown away: a first document finds room without that. */
const GROWTH_BY_DOCUMENT = 150;

/** Of both halves of the space for new objects: a first document fills half of it four times. Each is memory in use. */
const NURSERY_BYTES = 4e6;

/** Less would have a key in a few hundred wait for such a search, more would be memory that is hardly used. */
const GROWTH_BY_KEYS = 70;

if (process.argv.some((argument) => /^--(?:stdio|node-ipc|socket|pipe)\b/.test(argument))) {
  preferMemory();
  const isStdio = process.argv.includes("--stdio");
  const connection = isStdio ? connectionOnStdio() : createConnection(ProposedFeatures.all);
  startService(connection, {
    onWarmUpStep: letNurseryGrow,
    onFirstDocument: () => {
      holdNursery();
      letHeapGrow(GROWTH_BY_KEYS);
    },
  });
} else {
  process.stderr.write(USAGE);
  process.exitCode = 2;
}

function letHeapGrow(percent: number): void {
  setFlagsFromString(`--heap-growing-percent=${percent}`);
}

/** What a key leaves behind is little: room for more of it would be memory that is never given back. */
function holdNursery(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}

/** A search of the whole heap takes from it, so it may have to grow again. */
function letNurseryGrow(): void {
  const nursery = getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space");
  if ((nursery?.space_size ?? 0) >= NURSERY_BYTES) holdNursery();
  else setFlagsFromString("--semi-space-growth-factor=2");
}

/** A server waits most of the time: memory is worth more than the last part of its speed. */
function preferMemory(): void {
  setFlagsFromString("--optimize-for-size");
  letHeapGrow(GROWTH_BY_DOCUMENT);
  // The last of the engine's compilers takes 15 MB, and with the first keys more time than it saves; the one before it
  // takes half as much where it leaves functions apart. Older engines do not have that one.
  const [version] = process.versions.v8.split(".");
  if (Number(version) >= 13) setFlagsFromString("--no-turbofan --no-maglev-inlining");
}
