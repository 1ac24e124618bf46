import { all, type Drafts, draftOf, shell } from "./draft.ts";

/** Where the first process type listens; each further one a hundred higher, as foreman hands them out. */
const FIRST_PORT = 5000;

/** The process types of a Procfile; `variables` are those of the `.env` beside it. */
export function fromProcfile(text: string, variables: Readonly<Record<string, string>>): Drafts {
  const types = text.split(/\r?\n/).flatMap((line) => {
    const [, name, command] = /^([\w-]+):\s*(\S.*)$/.exec(line) ?? [];
    return name === undefined || command === undefined ? [] : [{ name, command }];
  });
  return all(
    types.map(({ name, command }, index) => {
      const port = String(Number(variables.PORT ?? FIRST_PORT) + index * 100);
      const environment = command.includes("PORT") ? { ...variables, PORT: port } : variables;
      // A release step runs once before a deployment.
      const chosen = name !== "release";
      return draftOf(name, shell(command), `Procfile, ${name}`, { environment, chosen });
    }),
  );
}

/** The variables of a `.env` file. */
export function readEnvFile(text: string): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const [, name, value = ""] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined) variables[name] = unquoted(value);
  }
  return variables;
}

function unquoted(value: string): string {
  const [, quote, inner = ""] = /^(["'])(.*)\1$/.exec(value) ?? [];
  if (quote !== undefined) return inner;
  return value.replace(/\s+#.*$/, "");
}
