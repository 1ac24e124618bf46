// Ports of this machine.
import { once } from "node:events";
import { createServer } from "node:net";

/** The preferred port of 127.0.0.1 where nobody listens on it, else any that is free. */
export async function freePort(preferred) {
  for (const port of [preferred, 0]) {
    const probe = createServer();
    const opened = await new Promise((resolve) => {
      probe.once("error", () => resolve(null));
      probe.listen(port, "127.0.0.1", () => resolve(probe.address().port));
    });
    if (opened === null) continue;
    probe.close();
    await once(probe, "close");
    return opened;
  }
  throw new Error("cannot find a free port on 127.0.0.1");
}
