import { expect, test } from "vitest";
import { commandText } from "../../../daemon/convert/command.ts";
import { fromFolder } from "../../../daemon/convert/folder.ts";

/** `name: command` of each draft, those that are only offered in brackets. */
function found(files: Readonly<Record<string, string>>): string[] {
  const folder = { files: Object.keys(files), read: (file: string) => files[file] ?? "" };
  return fromFolder(folder).drafts.map(({ name, run, chosen }) => {
    const line = `${name}: ${commandText(run)}`;
    return chosen ? line : `(${line})`;
  });
}

function draftsOf(files: Readonly<Record<string, string>>) {
  return fromFolder({ files: Object.keys(files), read: (file) => files[file] ?? "" }).drafts;
}

test("an empty folder needs nothing", () => {
  expect(found({})).toEqual([]);
});

test("a package.json gives the scripts that keep running, by the manager whose lock file is there", () => {
  const scripts = { build: "tsc", start: "node .", dev: "vite", "dev:api": "node api", worker: "node w" };
  expect(found({ "package.json": JSON.stringify({ scripts }), "pnpm-lock.yaml": "" })).toEqual([
    "dev: pnpm run dev",
    "(dev:api: pnpm run dev:api)",
    "(start: pnpm run start)",
    "worker: pnpm run worker",
  ]);
});

test("a half-written package.json gives nothing", () => {
  expect(found({ "package.json": '{ "scripts": {' })).toEqual([]);
});

test("a Procfile gives its process types, ports as foreman hands them out", () => {
  const procfile = "web: rails s -p $PORT\n# note\nworker: sidekiq\nrelease: rake db:migrate\n";
  const files = { Procfile: procfile, ".env": 'KEY="a b"\nexport PORT=3000 # here\n' };
  expect(found(files)).toEqual([
    "web: sh -c 'exec rails s -p $PORT'",
    "worker: sidekiq",
    "(release: rake db:migrate)",
  ]);
  expect(draftsOf(files)[0]?.environment).toEqual({ KEY: "a b", PORT: "3000" });
});

test("of two Procfiles the one for development counts", () => {
  expect(found({ Procfile: "web: a", "Procfile.dev": "web: b" })).toEqual(["web: b"]);
});

test("a compose file gives its services", () => {
  expect(found({ "compose.yaml": "services:\n  db:\n    image: postgres\n" })).toEqual([
    "db: docker compose -f compose.yaml up --no-log-prefix db",
  ]);
});

test("a broken YAML file gives nothing", () => {
  expect(found({ "compose.yaml": "services: [" })).toEqual([]);
});

test("a process-compose file gives its processes with folder, variables and restart policy", () => {
  const text = `
environment: [A=1]
processes:
  api:
    command: go run . | tee log
    working_dir: ./api
    environment: { B: two }
    availability: { restart: on_failure }
`;
  expect(draftsOf({ "process-compose.yaml": text })).toMatchObject([
    {
      name: "api",
      directory: "api",
      environment: { A: "1", B: "two" },
      options: { autorestart: "unexpected" },
    },
  ]);
});

test("a PM2 file gives its applications with their interpreter", () => {
  const apps = [{ name: "api", script: "api.js", args: ["--port", 80], cwd: "/srv", env: { A: 1 } }];
  expect(found({ "ecosystem.config.json": JSON.stringify({ apps }) })).toEqual([
    "api: node api.js --port 80",
  ]);
});

test("a systemd unit gives its service, with what systemd doubles single again", () => {
  const unit =
    '[Service]\n; note\nEnvironment=A=1 "B=two; words"\nEnvironment=C=3\nExecStart=-/bin/app --at 5%% \\\n  --x ; y\nRestart=on-failure\nKillSignal=SIGINT\n';
  expect(draftsOf({ "app.service": unit })).toEqual([
    expect.objectContaining({
      name: "app",
      run: { kind: "shell", line: "/bin/app --at 5% --x ; y" },
      environment: { A: "1", B: "two; words", C: "3" },
      options: { autorestart: "unexpected", stopsignal: "INT" },
    }),
  ]);
});

test("a circus.ini gives its watchers", () => {
  const text =
    "[watcher:web.v1]\ncmd = python\nargs = app.py # main\nnumprocesses = 3\n[env:web.v1]\nA = 1;2\n";
  expect(draftsOf({ "circus.ini": text })).toEqual([
    expect.objectContaining({
      name: "web.v1",
      run: { kind: "shell", line: "python app.py # main" },
      environment: { A: "1;2" },
      options: { numprocs: "3", process_name: "%(program_name)s_%(process_num)02d" },
    }),
  ]);
});

test("a Makefile gives the targets that keep running", () => {
  expect(found({ Makefile: "CC := gcc\nrun: build\n\tgo run .\nbuild:\n\tgo build\nwatch-css:\n" })).toEqual([
    "run: make run",
    "(watch-css: make watch-css)",
  ]);
});

test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
  ["Django", { "manage.py": "" }, ["web: python3 manage.py runserver"]],
  [
    "Laravel",
    { artisan: "" },
    ["web: php artisan serve", "queue: php artisan queue:listen", "(schedule: php artisan schedule:work)"],
  ],
  ["Go", { "go.mod": "", "main.go": "" }, ["web: go run ."]],
])("%s is known by its files", (_name, files, drafts) => {
  expect(found(files)).toEqual(drafts);
});
