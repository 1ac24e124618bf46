import { all, argv, type Draft, type Drafts, draftOf } from "./draft.ts";

type Framework = {
  /** The file that gives it away. */
  readonly file: string;
  /** What else of the folder or of the file's text decides. */
  readonly when?: (files: readonly string[], text: string) => boolean;
  readonly drafts: readonly Draft[];
};

/** Python holds back what it prints unless it is told not to. */
const UNBUFFERED = { PYTHONUNBUFFERED: "1" };

const FRAMEWORKS: readonly Framework[] = [
  {
    file: "manage.py",
    drafts: [
      draftOf("web", argv("python3", "manage.py", "runserver"), "manage.py", { environment: UNBUFFERED }),
    ],
  },
  {
    file: "requirements.txt",
    when: (files, text) => files.includes("manage.py") && /^celery\b/im.test(text),
    drafts: [
      draftOf(
        "worker",
        argv("celery", "-A", "project", "worker", "--loglevel=INFO"),
        "requirements.txt, celery",
        {
          chosen: false,
        },
      ),
    ],
  },
  {
    file: "app.py",
    when: (files) => !files.includes("manage.py"),
    drafts: [draftOf("web", argv("python3", "app.py"), "app.py", { environment: UNBUFFERED })],
  },
  {
    file: "artisan",
    drafts: [
      draftOf("web", argv("php", "artisan", "serve"), "artisan"),
      draftOf("queue", argv("php", "artisan", "queue:listen"), "artisan"),
      draftOf("schedule", argv("php", "artisan", "schedule:work"), "artisan", { chosen: false }),
    ],
  },
  {
    file: "Gemfile",
    when: (files, text) => !files.some((file) => file.startsWith("Procfile")) && /["']rails["']/.test(text),
    drafts: [draftOf("web", argv("bin/rails", "server"), "Gemfile, rails")],
  },
  {
    file: "go.mod",
    when: (files) => files.includes("main.go"),
    drafts: [draftOf("web", argv("go", "run", "."), "go.mod")],
  },
  {
    file: "Cargo.toml",
    when: (files) => files.includes("src"),
    drafts: [draftOf("app", argv("cargo", "run"), "Cargo.toml")],
  },
];

/** Programs of frameworks that a folder's files give away; `read` gives the text of one of them. */
export function fromFrameworks(files: readonly string[], read: (file: string) => string): Drafts {
  const found = FRAMEWORKS.filter(
    ({ file, when }) => files.includes(file) && (when?.(files, read(file)) ?? true),
  );
  return all(found.flatMap(({ drafts }) => drafts));
}
