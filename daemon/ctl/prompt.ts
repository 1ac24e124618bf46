import { readFileSync, writeFileSync } from "node:fs";
import { runLine } from "./run-line.ts";
import type { Session } from "./session.ts";

/** Reads and does lines until one says to leave; shows the status first. */
export async function runPrompt(session: Session, prompt: string): Promise<void> {
  await runLine(session, "status");
  for (;;) {
    const line = await session.terminal.readLine(`${prompt}> `);
    if ((await runLine(session, line ?? "EOF")) === "leave") return;
  }
}

/** The lines of earlier prompts, newest first; none where there is no such file yet. */
export function readHistory(file: string | null): string[] {
  if (file === null) return [];
  try {
    return readFileSync(file, "utf8").split("\n").filter(Boolean).reverse();
  } catch {
    // As with a shell, a history that cannot be read is an empty one.
    return [];
  }
}

/** Keeps the lines, given newest first, for the next prompt. */
export function writeHistory(file: string | null, lines: readonly string[]): void {
  if (file === null || lines.length === 0) return;
  try {
    writeFileSync(file, `${[...lines].reverse().join("\n")}\n`, { mode: 0o600 });
  } catch (error) {
    process.stderr.write(`Warning: cannot keep the history in ${file}: ${(error as Error).message}\n`);
  }
}
