/** An option by its letter or name, and its argument where it takes one. */
type GivenOption = { readonly flag: string; readonly value: string };

export type OptionTable = {
  /** Letter to whether it takes an argument. */
  readonly short: Readonly<Record<string, boolean>>;
  readonly long: Readonly<Record<string, boolean>>;
};

export type ParsedOptions = { readonly options: readonly GivenOption[]; readonly rest: readonly string[] };

/**
 * Reads options as the C library's getopt_long does, and with it Supervisor: letters may be joined, names may be cut
 * short, the first word that is no option ends them. Returns a sentence for a wrong one.
 */
export function getopt(argv: readonly string[], table: OptionTable): ParsedOptions | string {
  const options: GivenOption[] = [];
  const rest = [...argv];
  while (rest[0]?.startsWith("-") && rest[0] !== "-") {
    const word = rest.shift() ?? "";
    if (word === "--") break;
    const problem = word.startsWith("--")
      ? takeLong(word.slice(2), rest, table, options)
      : takeShort(word.slice(1), rest, table, options);
    if (problem !== null) return problem;
  }
  return { options, rest };
}

function takeLong(word: string, rest: string[], table: OptionTable, options: GivenOption[]): string | null {
  const equals = word.indexOf("=");
  const given = equals === -1 ? word : word.slice(0, equals);
  const matches = Object.keys(table.long).filter((name) => name.startsWith(given));
  const name = matches.includes(given) ? given : matches[0];
  if (name === undefined) return `option --${given} not recognized`;
  if (name !== given && matches.length > 1) return `option --${given} not a unique prefix`;
  if (!table.long[name]) {
    if (equals !== -1) return `option --${name} must not have an argument`;
    options.push({ flag: `--${name}`, value: "" });
    return null;
  }
  const value = equals === -1 ? rest.shift() : word.slice(equals + 1);
  if (value === undefined) return `option --${name} requires argument`;
  options.push({ flag: `--${name}`, value });
  return null;
}

function takeShort(word: string, rest: string[], table: OptionTable, options: GivenOption[]): string | null {
  for (let at = 0; at < word.length; at++) {
    const letter = word[at] ?? "";
    if (!Object.hasOwn(table.short, letter)) return `option -${letter} not recognized`;
    if (!table.short[letter]) {
      options.push({ flag: `-${letter}`, value: "" });
      continue;
    }
    const value = at + 1 < word.length ? word.slice(at + 1) : rest.shift();
    if (value === undefined) return `option -${letter} requires argument`;
    options.push({ flag: `-${letter}`, value });
    return null;
  }
  return null;
}
