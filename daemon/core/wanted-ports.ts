/** Variables by which programs are usually told where to listen. */
const VARIABLES = ["PORT", "HTTP_PORT", "SERVER_PORT", "LISTEN_PORT"];

const END = String.raw`(?:https?://)?(?:[\w.*-]*:|\[[\da-f:]*\]:)?(\d{1,5})(?=/?(?:$|[\s"']))`;

/** How commands tell it: options, variables of a shell, and the words of some servers. */
const WORDS: readonly RegExp[] = [
  new RegExp(
    `(?:^|\\s)--?(?:(?:http-|server-|listen-)?port|listen|bind|address|addr|server\\.port|P|p|b|l|S)[= ]+["']?${END}`,
    "gi",
  ),
  new RegExp(`(?:^|[\\s"';])(?:${VARIABLES.join("|")})=["']?${END}`, "g"),
  new RegExp(`\\shttp\\.server\\s+${END}`, "g"),
  new RegExp(`\\srunserver\\s+${END}`, "g"),
];

/** The ports that a program is told to listen on by its command and environment, as far as such usually tell. */
export function wantedPorts(command: string, environment: Readonly<Record<string, string>>): number[] {
  const told = WORDS.flatMap((words) => [...command.matchAll(words)].map(([, port]) => Number(port)));
  const set = VARIABLES.flatMap((name) => {
    const value = environment[name] ?? "";
    return /^\d{1,5}$/.test(value) ? [Number(value)] : [];
  });
  return [...new Set([...told, ...set])].filter((port) => port > 0 && port < 65_536);
}
