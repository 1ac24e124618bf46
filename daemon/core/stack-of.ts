/** An error that nobody expected as the log tells it: with its stack, by which its cause can be found. */
export function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
