import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { onTestFinished } from "vitest";

const SUPERVISORD = "/usr/bin/supervisord";

/** Runs Debian's supervisord in the foreground until the test is over; resolves once it serves requests. */
export async function startRealSupervisord(folder: string, configFile: string): Promise<void> {
  if (!existsSync(SUPERVISORD))
    throw new Error("Debian's supervisor is not here: apt-get install supervisor");
  const child = spawn(SUPERVISORD, ["-n", "-c", configFile], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<void>((done) => child.on("close", () => done()));
  onTestFinished(async () => {
    if (child.exitCode === null) child.kill("SIGTERM");
    await ended;
  });
  await new Promise<void>((done, failed) => {
    let output = "";
    const look = (data: Buffer) => {
      output += data.toString();
      if (output.includes("supervisord started with pid")) done();
    };
    child.stdout.on("data", look);
    child.stderr.on("data", look);
    child.on("close", (code) => failed(new Error(`supervisord ended with ${code}: ${output}`)));
  });
}
