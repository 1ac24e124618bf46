/** How programs say that they cannot listen because another one does. */
const TAKEN =
  /EADDRINUSE|address (?:is )?already in use|port (?:\d+ )?(?:is|was) (?:already )?(?:in use|allocated|taken|occupied)|only one usage of each socket address|\berrno (?:98|48)\b|BindException/i;

/** The numbers of ports as such messages write them. */
const NUMBERS: readonly RegExp[] = [
  /EADDRINUSE[^\n]*?:(\d{1,5})\b/gi,
  /\bport[ :=]+(\d{1,5})\b/gi,
  /(?:bind|listen|address|bind\(2\))[^\n]*?[\w\].*\s]:(\d{1,5})\b/gi,
  /\('[^']*', (\d{1,5})\)/g,
];

const LATEST_LINES = 40;

/** The ports that a program says are taken; empty where it names none, or says no such thing. */
export function portsSaidTaken(text: string): number[] {
  // What comes before is of runs that were longer ago.
  const lines = text.split("\n").slice(-LATEST_LINES);
  // Some tell the number in the line before or after.
  const near = lines.filter((_, i) => [i - 1, i, i + 1].some((at) => TAKEN.test(lines[at] ?? "")));
  const told = NUMBERS.flatMap((words) =>
    [...near.join("\n").matchAll(words)].map(([, port]) => Number(port)),
  );
  return [...new Set(told)].filter((port) => port > 0 && port < 65_536);
}
