import { Fault } from "../protocol/faults.ts";

/** What a log holds, or nothing where the process keeps no such log. */
export async function orNothing(read: () => Promise<string>): Promise<string> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Fault) return "";
    throw error;
  }
}
