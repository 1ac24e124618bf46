import { parse } from "yaml";
import { all, argv, type Draft, type Drafts, draftOf, NOTHING, shell } from "./draft.ts";

/** The services of a compose file: each runs in the foreground by `docker compose up`. */
export function fromComposeFile(text: string, file: string): Drafts {
  const services = recordOf(recordOf(read(text)).services);
  return all(
    Object.keys(services).map((name) =>
      draftOf(
        name,
        argv("docker", "compose", "-f", file, "up", "--no-log-prefix", name),
        `${file}, ${name}`,
        {
          // Compose stops its containers on the first signal, and that takes up to ten seconds.
          options: { stopwaitsecs: "15" },
        },
      ),
    ),
  );
}

const RESTARTS: Readonly<Record<string, string>> = {
  always: "true",
  on_failure: "unexpected",
  no: "false",
};

/** The processes of a process-compose file. */
export function fromProcessCompose(text: string, file: string): Drafts {
  const root = recordOf(read(text));
  const drafts = Object.entries(recordOf(root.processes)).flatMap(([name, value]): Draft[] => {
    const process = recordOf(value);
    if (typeof process.command !== "string") return [];
    const { working_dir: directory } = process;
    const restart = RESTARTS[String(recordOf(process.availability).restart)];
    return [
      draftOf(name, shell(process.command), `${file}, ${name}`, {
        directory: typeof directory === "string" ? relative(directory) : null,
        environment: { ...variablesOf(root.environment), ...variablesOf(process.environment) },
        options: restart === undefined ? {} : { autorestart: restart },
        chosen: process.disabled !== true,
      }),
    ];
  });
  return all(drafts);
}

/** The applications of a PM2 file in YAML or JSON; a JavaScript one would have to be run to be read. */
export function fromPm2(text: string, file: string): Drafts {
  const { apps } = recordOf(read(text));
  if (!Array.isArray(apps)) return NOTHING;
  const drafts = apps.flatMap((value: unknown): Draft[] => {
    const app = recordOf(value);
    if (typeof app.script !== "string") return [];
    const name = typeof app.name === "string" ? app.name : app.script;
    return [
      draftOf(name, shell(pm2Command(app.script, app)), `${file}, ${name}`, {
        directory: typeof app.cwd === "string" ? relative(app.cwd) : null,
        environment: variablesOf(app.env),
        options: app.autorestart === false ? { autorestart: "false" } : {},
      }),
    ];
  });
  return all(drafts);
}

function pm2Command(script: string, app: Readonly<Record<string, unknown>>): string {
  const byName = /\.[cm]?js$/.test(script) ? "node" : /\.py$/.test(script) ? "python3" : "";
  const interpreter =
    typeof app.interpreter === "string" && app.interpreter !== "none" ? app.interpreter : byName;
  const args = Array.isArray(app.args) ? app.args.join(" ") : String(app.args ?? "");
  return [interpreter, script, args].filter(Boolean).join(" ");
}

function read(text: string): unknown {
  try {
    return parse(text, { logLevel: "silent", maxAliasCount: 100 });
  } catch {
    // Half-written: there is nothing to offer yet.
    return null;
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

/** Variables are a list of `NAME=value`, or a mapping. */
function variablesOf(value: unknown): Record<string, string> {
  if (!Array.isArray(value)) {
    return Object.fromEntries(
      Object.entries(recordOf(value)).map(([name, text]) => [name, String(text ?? "")]),
    );
  }
  const pairs = value.map((pair) => /^([^=]+)=(.*)$/s.exec(String(pair)) ?? []);
  return Object.fromEntries(
    pairs.flatMap(([, name, text]) => (name === undefined ? [] : [[name, text ?? ""]])),
  );
}

/** Null for a path that does not lie in the project's folder. */
function relative(path: string): string | null {
  const clean = path.replace(/^\.\//, "").replace(/\/$/, "");
  return clean === "." || clean === "" || clean.startsWith("/") || clean.startsWith("..") ? null : clean;
}
