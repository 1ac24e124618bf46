import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { root } from "./places.ts";

const SCREENSHOTS = join(root, "test-results/screenshots");

/** VS Code on a page, by what a person does and sees there. Finds things by role and accessible name where it can. */
export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the extension's view from the activity bar. */
  async openView(): Promise<void> {
    const tab = this.page.getByRole("tab", { name: "Supervisord" }).first();
    await tab.waitFor({ timeout: 60_000 });
    // The editor may show the view of the last time after the click: what is open already is not pressed again.
    await again(async () => {
      if ((await tab.getAttribute("aria-selected")) !== "true") await tab.click();
      await this.page
        .locator(".part.sidebar .composite.title", { hasText: "Supervisord" })
        .waitFor({ timeout: 4000 });
    });
  }

  /** The row whose accessible name starts with these words: "web, running". */
  row(words: string): Locator {
    return this.page.locator(`.part.sidebar .monaco-list-row[aria-label^="${words}" i]`);
  }

  /** The accessible names of all rows of the view that are on the screen. */
  async rowNames(): Promise<readonly string[]> {
    const rows = this.page.locator(".part.sidebar .monaco-list-row");
    return await rows.evaluateAll((elements) => elements.map((row) => row.getAttribute("aria-label") ?? ""));
  }

  /** Hovers a row and presses the button that appears there; again if the row is drawn anew meanwhile. */
  async pressInline(row: Locator, button: string): Promise<void> {
    const pressed = row.getByRole("button", { name: button }).first();
    let presses = 0;
    await row.waitFor();
    await again(async () => {
      // A click that has the row drawn anew at once may be told as failed.
      if (
        presses++ > 0 &&
        (await row.getByRole("button", { name: button, includeHidden: true }).count()) === 0
      )
        return;
      await row.hover({ timeout: presses > 1 ? 4000 : 30_000 });
      await pressed.click({ timeout: 4000 });
      if (await this.endQuestion()) throw new Error(`${button} was pressed while its row was drawn anew`);
    });
  }

  /**
   * Whether a command of a row asks which program is meant, and takes that as no answer. What VS Code draws anew has no
   * element for a moment: the command asks then, as from the palette.
   */
  async endQuestion(): Promise<boolean> {
    const question = this.page.locator(".quick-input-widget:visible input[placeholder='Choose a program']");
    if (!(await isSeen(question, 250))) return false;
    await this.page.keyboard.press("Escape");
    return true;
  }

  /** Opens the menu of a row and chooses from it: one that has just opened takes no click, and a panel's opening closes it. */
  async chooseFromMenu(row: Locator, entry: string): Promise<void> {
    const menu = this.page.locator(".monaco-menu");
    const item = menu.getByRole("menuitem", { name: entry, exact: true });
    let clicked = false;
    await again(async () => {
      if (!(await item.isVisible())) {
        if (clicked) return;
        // Without a menu, the key would end the selection.
        if (await menu.isVisible()) await this.page.keyboard.press("Escape");
        await row.click({ button: "right", timeout: 4000 });
        await item.waitFor({ timeout: 4000 });
      }
      await item.hover({ timeout: 2000 });
      await item.click({ timeout: 2000, delay: 150 });
      clicked = true;
      await item.waitFor({ state: "hidden", timeout: 1000 });
      if (!(await this.endQuestion())) return;
      clicked = false;
      throw new Error(`${entry} was chosen while its row was drawn anew`);
    });
  }

  /**
   * Points at something from elsewhere until it is told of with these words, and returns what is told: who points at it
   * while it is drawn anew is told nothing.
   */
  async pointAt(target: Locator, words: string, attempts = 6): Promise<Locator> {
    const told = this.page.locator(".monaco-hover:visible", { hasText: words }).first();
    await again(async () => {
      await this.page.locator(".part.titlebar").first().hover();
      await target.hover();
      await told.waitFor({ timeout: 4000 });
    }, attempts);
    return told;
  }

  /** The words above a line of the editor that can be pressed. */
  lens(words: string | RegExp): Locator {
    return this.page.locator(".editor-instance .codelens-decoration a", { hasText: words });
  }

  /** Presses a row or words above a line until what that brings is seen, or what it ends is not: a click is lost while they are drawn anew. */
  async pressUntil(target: Locator, seen: Locator, state: "visible" | "hidden" = "visible"): Promise<void> {
    await again(async () => {
      if ((await seen.isVisible()) !== (state === "visible")) await target.click({ timeout: 4000 });
      await seen.waitFor({ state, timeout: 4000 });
    });
  }

  /** Runs a command from the palette by its id, whatever its title. */
  async runCommand(id: string): Promise<void> {
    const input = this.page.locator(".quick-input-widget input.input");
    const entry = this.page.locator(`.quick-input-list [data-quick-input-id="${id}"]`).first();
    // While the focus moves, F1 may be lost: try again, as VS Code's own tests do.
    for (let attempt = 1; ; attempt++) {
      try {
        await this.page.keyboard.press("F1");
        await input.waitFor({ timeout: 1500 });
        await input.fill(`>${id}`);
        await entry.waitFor({ timeout: 3000 });
        // Given time: a click that is tried again may run the command twice.
        await entry.click({ timeout: 10_000 });
        return;
      } catch (error) {
        if (attempt === 8) throw new Error(`the palette has no command ${id}`, { cause: error });
        await this.page.keyboard.press("Escape");
      }
    }
  }

  /** Chooses the entry of the open list with these words. */
  async pick(words: string): Promise<void> {
    await this.page.locator(".quick-input-list .monaco-list-row", { hasText: words }).first().click();
  }

  /** Opens a file of the workspace by its name. */
  async openFile(name: string): Promise<void> {
    const entry = this.page.locator(`.quick-input-list .monaco-list-row[aria-label*="${name}"]`).first();
    await again(async () => {
      await this.runCommand("workbench.action.quickOpen");
      // The palette that just closes has the same box: what is typed too soon is lost.
      await this.page.locator(".quick-input-widget input.input").fill(name);
      await entry.click({ timeout: 4000 });
      // Files that are still being found move the rows: the click may have taken another one.
      await this.page.locator(".tab.active", { hasText: name }).first().waitFor({ timeout: 4000 });
    });
    await this.page.locator(".editor-instance .view-lines").first().waitFor();
  }

  /** Opens the menu of fixes at the cursor, with a fix of that title in it: what the editor is told meanwhile may close it. */
  async offerFixes(title: string): Promise<void> {
    await again(async () => {
      await this.runCommand("editor.action.quickFix");
      await this.page.getByText(title).first().waitFor({ timeout: 4000 });
    });
  }

  /** The lines of the open output channel that are on the screen. */
  async outputText(): Promise<string> {
    const lines = this.page.locator('[id="workbench.panel.output"] .view-line');
    const texts = await lines.evaluateAll((elements) =>
      elements
        .map((line) => ({ top: line.getBoundingClientRect().top, text: line.textContent }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text),
    );
    return plain(texts.join("\n"));
  }

  /** The entry of the Problems panel with this text. Opens the panel. */
  async problem(text: string): Promise<Locator> {
    await this.runCommand("workbench.panel.markers.view.focus");
    return this.page.locator(".markers-panel .monaco-list-row", { hasText: text }).first();
  }

  /** The words in place of rows, of an empty view. */
  welcome(): Locator {
    return this.page.locator(".part.sidebar .welcome-view-content");
  }

  /** Trusts the workspace, as a person does in its editor. */
  async trust(): Promise<void> {
    await this.runCommand("workbench.trust.manage");
    const editor = this.page.locator(".workspace-trust-editor");
    await editor.locator(".monaco-button", { hasText: "Trust" }).first().click();
  }

  /** Closes the editor that covers the window, as that of workspace trust does. */
  async closeModalEditor(): Promise<void> {
    const editor = this.page.locator(".monaco-modal-editor-block");
    await editor
      .getByRole("button", { name: /^Close/ })
      .first()
      .click();
    await editor.waitFor({ state: "hidden" });
  }

  /** The dialog that waits for an answer. */
  dialog(): Locator {
    return this.page.locator(".monaco-dialog-box");
  }

  /** Answers the dialog. */
  async answer(button: string): Promise<void> {
    await this.dialog().getByRole("button", { name: button, exact: true }).click();
  }

  /** The messages shown in the corner. */
  notifications(): Locator {
    return this.page.locator(".notifications-toasts .notification-list-item-message");
  }

  /** Loads the page anew, as a person's "Reload Window" does. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /** Waits until the workbench is painted. */
  async ready(): Promise<void> {
    await this.page.locator(".monaco-workbench .part.statusbar").waitFor({ timeout: 60_000 });
  }

  /** Leaves a picture for people in test-results/screenshots. */
  async screenshot(name: string): Promise<void> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    await this.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
  }

  /** Closes the page and forgets its storage. */
  async close(): Promise<void> {
    await this.page.context().close();
  }
}

/** Opens an address of the server and waits for the workbench. */
export async function openWorkbench(page: Page, url: string): Promise<Workbench> {
  page.setDefaultTimeout(30_000);
  await page.goto(url);
  const workbench = new Workbench(page);
  await workbench.ready();
  return workbench;
}

async function isSeen(locator: Locator, withinMs: number): Promise<boolean> {
  try {
    await locator.waitFor({ timeout: withinMs });
    return true;
  } catch {
    return false;
  }
}

/** Tries until it works, as a person does. The last failure is the one that is told. */
async function again(act: () => Promise<void>, attempts = 6): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await act();
      return;
    } catch (error) {
      if (attempt === attempts) throw error;
    }
  }
}

/** Monaco shows spaces as non-breaking ones. */
function plain(text: string): string {
  return text.replaceAll("\u00a0", " ");
}
