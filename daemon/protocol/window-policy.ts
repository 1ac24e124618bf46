/** What becomes of the programs when the last window of the editor that shows them has gone. */
export type WindowPolicy = { readonly kind: "keep" } | { readonly kind: "stop"; readonly afterSecs: number };

/** The policy as the command line and the event stream take it: `keep`, or `stop:SECONDS`. */
export function formatWindowPolicy(policy: WindowPolicy): string {
  return policy.kind === "keep" ? "keep" : `stop:${policy.afterSecs}`;
}

/** Reads what `formatWindowPolicy` writes; null for anything else. */
export function parseWindowPolicy(text: string): WindowPolicy | null {
  if (text === "keep") return { kind: "keep" };
  const seconds = /^stop:(\d{1,6})$/.exec(text)?.[1];
  return seconds === undefined ? null : { kind: "stop", afterSecs: Number(seconds) };
}
