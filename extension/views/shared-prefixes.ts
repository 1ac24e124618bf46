import type { ProcessSnapshot } from "../../daemon/protocol/event-stream.ts";
import { makeNamespec } from "../../daemon/protocol/names.ts";
import { processesOf } from "../model/acts.ts";
import { type Prefix, prefixOf, prefixWidth } from "../model/log-prefix.ts";
import { processKey } from "../model/process-table.ts";
import type { Target } from "../model/target.ts";
import type { Servers } from "../servers/servers.ts";

const NONE: Prefix = { plain: "", coloured: "" };

/** What the lines of each program begin with in a view of several; nothing in the view of one. */
export class SharedPrefixes {
  readonly #servers: Servers;
  readonly #target: Target;
  /** By process, in the order in which they first spoke. */
  readonly #known = new Map<string, Prefix>();

  constructor(servers: Servers, target: Target) {
    this.#servers = servers;
    this.#target = target;
  }

  /** The prefix of a stream as a writer of logs names it. */
  of(stream: string): Prefix {
    if (this.#target.kind === "process") return NONE;
    const key = stream.slice(0, stream.lastIndexOf(" "));
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const prefix = this.#next(key);
    this.#known.set(key, prefix);
    return prefix;
  }

  #next(key: string): Prefix {
    const processes = processesOf(this.#servers.views, this.#target);
    const nameOf = ({ group, name }: ProcessSnapshot) =>
      this.#target.kind === "server" ? makeNamespec(group, name) : name;
    const process = processes.find((candidate) => processKey(candidate) === key);
    return prefixOf(process ? nameOf(process) : key, this.#known.size, prefixWidth(processes.map(nameOf)));
  }
}
