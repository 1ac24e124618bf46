import { tokenise } from "./python/shlex.ts";
import type { Converted } from "./values.ts";

/** Which release of Supervisor to agree with where they differ; 4.3 stands for all before 4.4. */
export type Dialect = "4.3" | "4.4";

/** The tokens of an `environment` as Supervisor's lexer finds them. */
export function environmentTokens(text: string, dialect: Dialect): ReturnType<typeof tokenise> {
  return tokenise(text, {
    posix: dialect === "4.4",
    extraWordCharacters: "/.+-():",
    splitOnlyAtSpace: false,
    comments: true,
  });
}

/** The variables of an `environment`; what stands between two pairs is skipped unseen, as Supervisor does. */
export function toEnvironment(text: string, dialect: Dialect): Converted<ReadonlyMap<string, string>> {
  const { tokens, error } = environmentTokens(text, dialect);
  if (error !== null) return { error };
  const variables = new Map<string, string>();
  for (let at = 0; at < tokens.length; at += 4) {
    const [key, equals, value] = tokens.slice(at, at + 3);
    if (key === undefined || equals?.text !== "=" || value === undefined) {
      return { error: `Unexpected end of key/value pairs in value '${text}'` };
    }
    variables.set(key.text, dialect === "4.4" ? value.text : value.text.replace(/^['"]+|['"]+$/g, ""));
  }
  return { value: variables };
}
