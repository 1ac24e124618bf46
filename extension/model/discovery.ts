/** Where projects usually keep their configuration, relative to a workspace folder; nothing else is searched. */
export const USUAL_CONFIG_FILES: readonly string[] = [
  "supervisord.conf",
  ".supervisord.conf",
  "etc/supervisord.conf",
  "etc/supervisor/supervisord.conf",
  "supervisor/supervisord.conf",
  "config/supervisord.conf",
  "conf/supervisord.conf",
  "deploy/supervisord.conf",
  "docker/supervisord.conf",
  ".docker/supervisord.conf",
];

/** Paths that a folder may hold a configuration at; those that the settings name count even while they are missing. */
export type CandidatePath = { readonly path: string; readonly named: boolean };

/** The candidates of a folder, those that the settings name first. Paths that leave the folder are refused. */
export function candidatePaths(namedBySettings: readonly string[]): CandidatePath[] {
  const named = namedBySettings.flatMap((path) => normalPath(path) ?? []);
  const usual = USUAL_CONFIG_FILES.filter((path) => !named.includes(path));
  return [
    ...[...new Set(named)].map((path) => ({ path, named: true })),
    ...usual.map((path) => ({ path, named: false })),
  ];
}

/** What a configuration is called: its relative path, after the folder's name where the window has several. */
export function serverKey(folderName: string, path: string, folderCount: number): string {
  return folderCount > 1 ? `${folderName}/${path}` : path;
}

/** The configurations with a key each of its own: of folders with one name as much of the path as tells them apart. */
export function withOwnKeys<Config extends { readonly key: string; readonly file: string }>(
  configs: readonly Config[],
): Config[] {
  const byKey = Map.groupBy(configs, ({ key }) => key);
  return configs.map((config) => {
    const others = (byKey.get(config.key) ?? []).filter((other) => other !== config);
    return others.length === 0 ? config : { ...config, key: ownEnd(config.file, others) };
  });
}

/** The shortest end of a path, in whole names, that no other ends with. */
function ownEnd(file: string, others: readonly { readonly file: string }[]): string {
  const names = file.split("/");
  const ends = names.map((_, index) => names.slice(index).join("/")).reverse();
  return ends.find((end) => !others.some((other) => other.file.endsWith(`/${end}`))) ?? file;
}

function normalPath(path: string): string | null {
  const parts = path
    .trim()
    .split("/")
    .filter((part) => part !== "" && part !== ".");
  const leaves = path.trim().startsWith("/") || parts.includes("..");
  return parts.length === 0 || leaves ? null : parts.join("/");
}
