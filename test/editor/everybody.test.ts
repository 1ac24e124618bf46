import { beforeAll, describe, expect, test, vi } from "vitest";
import { pictureFailures, type Session, startSession } from "./harness/session.ts";
import { copyTwelve } from "./harness/twelve.ts";
import type { Workbench } from "./harness/workbench.ts";

let session: Session;
let workbench: Workbench;

beforeAll(async () => {
  session = await startSession({ settings: SETTINGS });
  return session.end;
});

beforeAll(async () => {
  const folder = session.workspace({});
  await copyTwelve(folder);
  workbench = await session.open(folder);
  await workbench.runCommand("supervisord.programs.focus");
  await workbench.row("web, running, pid ").waitFor({ timeout: 60_000 });
  await workbench.row("crashing, failed").waitFor({ timeout: 30_000 });
});

pictureFailures(() => session);

describe("with the keyboard alone", () => {
  test("a row is reached, and its menu stops and starts its program", async () => {
    await focusRow("worker, ");
    await chooseFromMenu("Stop");
    await workbench.row("worker, stopped").waitFor();
    await chooseFromMenu("Start");
    await workbench.row("worker, running").waitFor();
  });

  test("Enter shows the output of a row, and leaves the focus where it is", async () => {
    await press("Enter");
    await vi.waitFor(async () => expect(await workbench.outputText()).not.toBe(""), WAIT);
    expect(await focusedRow()).toContain("worker");
  });

  test("several rows are chosen, and acted on at once", async () => {
    await focusRow("pool_00, running");
    const before = [await rowName("pool_00, running"), await rowName("pool_01, running")];
    await press("Enter");
    await press("Shift+ArrowDown");
    await chooseFromMenu("Restart");
    const now = async () => [await rowName("pool_00, running"), await rowName("pool_01, running")];
    await vi.waitFor(async () => {
      for (const [index, name] of (await now()).entries()) expect(name).not.toBe(before[index]);
    }, WAIT);
  });

  test("a group is folded and unfolded", async () => {
    await focusRow("queue, group");
    await press("ArrowLeft");
    await workbench.row("consumer, ").waitFor({ state: "detached" });
    await press("ArrowRight");
    await workbench.row("consumer, ").waitFor();
  });

  test("the buttons above the view are reached and pressed", async () => {
    await focusRow("web, ");
    const button = workbench.page.locator(".part.sidebar .title-actions .action-label:focus");
    for (let tabs = 0; tabs < 20 && (await button.count()) === 0; tabs++) await press("Shift+Tab");
    expect(await button.count()).toBe(1);
  });
});

test("every row and every button of the view has words for a screen reader", async () => {
  const rows = await workbench.rowNames();
  expect(rows.length).toBeGreaterThan(12);
  for (const name of rows) expect(name).toMatch(/^.+, .+/);
  const nameless = await workbench.page
    .locator(".part.sidebar .action-label")
    .evaluateAll((buttons) =>
      buttons
        .filter((button) => (button.getAttribute("aria-label") ?? button.textContent ?? "").trim() === "")
        .map((button) => button.outerHTML),
    );
  expect(nameless).toEqual([]);
});

describe.each([
  ["Light 2026", "light", 4.5],
  ["Dark 2026", "dark", 4.5],
  ["Default High Contrast", "hc-dark", 7],
  ["Default High Contrast Light", "hc-light", 7],
])("in the theme %s", (theme, kind, least) => {
  test("icons and words of all states stand out from the view", async () => {
    session.changeSettings({ ...SETTINGS, "workbench.colorTheme": theme });
    await workbench.page.setViewportSize({ width: 1200, height: 760 });
    await workbench.reload();
    await workbench.page.locator(`.monaco-workbench.${THEME_CLASSES[kind]}`).waitFor();
    await workbench.row("web, running").waitFor({ timeout: 60_000 });
    await workbench.openFile("supervisord.conf");
    await workbench.page.locator(".editor-instance .codelens-decoration").first().waitFor();
    await workbench.row("web, running").click();
    await vi.waitFor(async () => expect(await workbench.outputText()).not.toBe(""), WAIT);
    await workbench.screenshot(`everything-${kind}`);
    await (await workbench.problem("crashing")).waitFor();
    await workbench.pointAt(workbench.row("crashing, failed"), "crashing");
    await workbench.screenshot(`trouble-${kind}`);
    for (const { label, icon, name, description } of await contrasts()) {
      expect(icon, label).toBeGreaterThanOrEqual(3);
      expect(name, label).toBeGreaterThanOrEqual(least);
      // The editor itself fades the descriptions of rows.
      expect(description, label).toBeGreaterThanOrEqual(4);
    }
  });
});

const SETTINGS = { "supervisord.startOnOpen": "always" };
const WAIT = { timeout: 15_000, interval: 100 };
const THEME_CLASSES: Readonly<Record<string, string>> = {
  light: "vs",
  dark: "vs-dark",
  "hc-dark": "hc-black",
  "hc-light": "hc-light",
};

async function press(key: string): Promise<void> {
  await workbench.page.keyboard.press(key);
}

async function focusedRow(): Promise<string> {
  const row = workbench.page.locator(".part.sidebar .monaco-list-row.focused");
  return (await row.first().getAttribute("aria-label")) ?? "";
}

/** What a screen reader says of a row, up to its pid. */
async function rowName(words: string): Promise<string> {
  const name = (await workbench.row(words).getAttribute("aria-label")) ?? "";
  return name.split(", ").slice(0, 3).join(", ");
}

/** Goes down from the first row until this one has the focus. */
async function focusRow(words: string): Promise<void> {
  await workbench.runCommand("supervisord.programs.focus");
  await press("Home");
  for (let rows = 0; rows < 30; rows++) {
    if ((await focusedRow()).startsWith(words)) return;
    await press("ArrowDown");
  }
  throw new Error(`no row ${words} is reached with the arrow keys`);
}

/** Opens the menu of the row that has the focus, and goes down to the entry with this name; again if the row is drawn anew. */
async function chooseFromMenu(name: string): Promise<void> {
  await press("Shift+F10");
  const menu = workbench.page.locator(".monaco-menu");
  await menu.waitFor();
  const focused = menu.locator(".action-item.focused .action-label");
  for (let entries = 0; entries < 30; entries++) {
    await press("ArrowDown");
    if ((await focused.textContent())?.trim() === name) break;
  }
  await press("Enter");
  await menu.waitFor({ state: "detached" });
  if (await workbench.endQuestion()) await chooseFromMenu(name);
}

type Drawn = {
  readonly label: string;
  readonly icon: number;
  readonly name: number;
  readonly description: number;
};

/** How the icon and the texts of each row stand out from what they are drawn on, as the ratios of WCAG. */
async function contrasts(): Promise<readonly Drawn[]> {
  const rows = workbench.page.locator(".part.sidebar .monaco-list-row:not(.selected)");
  const colors = await rows.evaluateAll((elements) =>
    elements.map((row) => {
      const colorOf = (selector: string) => {
        const element = row.querySelector(selector);
        let opacity = 1;
        for (let at = element; at !== null && at !== row; at = at.parentElement)
          opacity *= Number(getComputedStyle(at).opacity);
        return element === null ? "" : `${getComputedStyle(element).color} ${opacity}`;
      };
      const bar = row.closest(".part.sidebar");
      return {
        label: row.getAttribute("aria-label") ?? "",
        icon: colorOf(".custom-view-tree-node-item-icon"),
        name: colorOf(".label-name"),
        description: colorOf(".label-description"),
        ground: bar === null ? "" : getComputedStyle(bar).backgroundColor,
      };
    }),
  );
  return colors.map(({ label, icon, name, description, ground }) => ({
    label,
    icon: contrast(icon, ground),
    name: contrast(name, ground),
    description: contrast(description, ground),
  }));
}

/** The ratio of WCAG between a colour with its opacity and the colour that it is drawn on. */
function contrast(drawn: string, ground: string): number {
  const [red = 0, green = 0, blue = 0, ...opacities] = numbersIn(drawn);
  const below = numbersIn(ground);
  const opacity = opacities.reduce((product, part) => product * part, 1);
  const seen = [red, green, blue].map((part, index) => part * opacity + (below[index] ?? 0) * (1 - opacity));
  const [darker = 0, lighter = 0] = [luminance(seen), luminance(below)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(parts: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = parts.map((value) => {
    const part = value / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function numbersIn(text: string): number[] {
  return (text.match(/[\d.]+/g) ?? []).map(Number);
}
