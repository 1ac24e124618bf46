/** Python's `os.path.join(base, path)`. */
export function joinPath(base: string, path: string): string {
  if (path.startsWith("/")) return path;
  return base === "" || base.endsWith("/") ? base + path : `${base}/${path}`;
}

/** Python's `os.path.dirname`. */
export function directoryOf(path: string): string {
  const head = path.slice(0, path.lastIndexOf("/") + 1);
  return /^\/*$/.test(head) ? head : head.replace(/\/+$/, "");
}

/** Python's `os.path.normpath`: two leading slashes stay two, more become one. */
export function normalPath(path: string): string {
  if (path === "") return ".";
  const root = path.startsWith("//") && !path.startsWith("///") ? "//" : path.startsWith("/") ? "/" : "";
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== ".." || (root === "" && parts.length === 0) || parts.at(-1) === "..") parts.push(part);
    else parts.pop();
  }
  return root + parts.join("/") || ".";
}

/** Python's `os.path.abspath` in the working directory `cwd`. */
export function absolutePath(path: string, cwd: string): string {
  return normalPath(joinPath(cwd, path));
}
