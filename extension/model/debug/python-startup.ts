/** What a Python program tells of the debugger that it was started under. */
export type StartupReport =
  /** It lets a debugger in there. */
  | { readonly kind: "listens"; readonly pid: number; readonly port: number }
  /** Its interpreter has no debugger. */
  | { readonly kind: "missing"; readonly interpreter: string }
  | { readonly kind: "failed"; readonly reason: string };

/**
 * What Python runs before a program, where this is a `sitecustomize.py` in the first folder of PYTHONPATH: has the first
 * Python process, and none that it starts, wait for a debugger at a free port, and writes a report to a file. A debugger in
 * the folder `spare` serves an interpreter without one.
 */
export function startupScript(report: string, spare: string): string {
  return SCRIPT.replace("REPORT", () => JSON.stringify(report)).replace("SPARE", () => JSON.stringify(spare));
}

/** Reads a report; null for one that is none. */
export function readStartupReport(text: string): StartupReport | null {
  const { pid, port, missing, failed } = facts(text);
  if (typeof missing === "string") return { kind: "missing", interpreter: missing };
  if (typeof failed === "string") return { kind: "failed", reason: failed };
  if (typeof pid === "number" && typeof port === "number") return { kind: "listens", pid, port };
  return null;
}

function facts(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text));
  } catch {
    // Something else stands there.
    return {};
  }
}

const SCRIPT = `import json
import os
import sys


def forget():
    # An empty PYTHONPATH before this one left the working directory behind it.
    rest = os.environ.pop("PYTHONPATH", "").partition(os.pathsep)[2]
    if rest:
        os.environ["PYTHONPATH"] = rest
    at = sys.path.index(os.path.dirname(os.path.abspath(__file__)))
    del sys.path[at : at + (1 if rest else 2)]


def import_debugger(spare):
    try:
        import debugpy
    except ImportError:
        sys.path.append(spare)
        import debugpy
    return debugpy


def listen(spare):
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    try:
        port = import_debugger(spare).listen(("127.0.0.1", 0))[1]
        return {"pid": os.getpid(), "port": port}
    except ImportError:
        return {"missing": sys.executable}
    except Exception as error:
        return {"failed": str(error)}


def tell(report, facts):
    with open(report + ".new", "w") as file:
        json.dump(facts, file)
    os.replace(report + ".new", report)


forget()
# Under debugpy a program waits by itself.
if "debugpy" not in [os.path.basename(word) for word in getattr(sys, "orig_argv", [])]:
    tell(REPORT, listen(SPARE))
this = sys.modules.pop("sitecustomize")
try:
    import sitecustomize
except ImportError:
    sys.modules["sitecustomize"] = this
`;
