import { type ChildProcessByStdio, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { FIXED_ENVIRONMENT } from "./stage.ts";

/** Debian's Supervisor in one long-lived Python process, which reads the configurations it is given. */
export class RealSupervisor {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #answers: AsyncIterator<string>;

  constructor(cwd: string) {
    const script = join(import.meta.dirname, "real-supervisor.py");
    this.#child = spawn("/usr/bin/python3", ["-B", script, JSON.stringify(FIXED_ENVIRONMENT)], {
      cwd,
      env: { ...FIXED_ENVIRONMENT, PYTHONHASHSEED: "0", PYTHONUTF8: "1" },
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** What Supervisor makes of a file. */
  async read(conf: string, here: string): Promise<unknown> {
    this.#child.stdin.write(`${JSON.stringify({ conf, here })}\n`);
    const answer = await this.#answers.next();
    if (answer.done === true) throw new Error(`cannot read ${conf} with Supervisor: its process ended`);
    return JSON.parse(answer.value);
  }

  [Symbol.dispose](): void {
    this.#child.kill();
  }
}
