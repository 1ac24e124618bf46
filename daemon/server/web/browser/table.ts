import { element, nearby } from "./dom.ts";

/** The rows of the table by the key of their process. */
export function rowsByKey(): Map<string, HTMLElement> {
  const rows = document.querySelectorAll<HTMLElement>("#processes tr[data-key]");
  return new Map([...rows].map((row) => [row.dataset.key ?? "", row]));
}

/** Brings the table's groups up to date with the server's; those that are the same stay, and keep the focus. */
export async function loadTable(): Promise<boolean> {
  const text = await loadPage();
  if (text === null) return false;
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const table = element("#processes");
  const present = new Map([...table.querySelectorAll("tbody")].map((body) => [contents(body), body]));
  const bodies = [...fresh.querySelectorAll("#processes tbody")].map(
    (body) => present.get(contents(body)) ?? body,
  );
  for (const body of present.values()) if (!bodies.includes(body)) body.remove();
  let before: Element | null = table.querySelector("thead");
  for (const body of bodies) {
    if (before?.nextElementSibling !== body) before?.after(body);
    before = body;
  }
  loadGroups(fresh);
  return true;
}

async function loadPage(): Promise<string | null> {
  try {
    const response = await fetch(nearby("index.html"));
    return response.ok ? mainPart(await response.text()) : null;
  } catch {
    // The connection is lost: when it is back, a snapshot comes, and the table is loaded again.
    return null;
  }
}

/** Without head and script, which the policy of this page would refuse, and say so. */
function mainPart(page: string): string {
  return page.slice(page.indexOf("<main>"), page.indexOf("</main>"));
}

function loadGroups(fresh: Document): void {
  const select = element<HTMLSelectElement>("select[name=group]");
  const chosen = select.value;
  select.replaceChildren(...element("select[name=group]", fresh).children);
  select.value = chosen;
}

/** A group and its processes, as a text to compare. */
function contents(body: Element): string {
  return [...body.querySelectorAll<HTMLElement>("tr[data-key]")].map((row) => row.dataset.key).join(" ");
}
