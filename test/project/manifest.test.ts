import { describe, expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import english from "../../package.nls.json" with { type: "json" };

const { contributes } = manifest;
const commands = contributes.commands.map((command) => ({
  icon: "",
  ...command,
  title: worded(command.title),
}));
const palette = new Map(contributes.menus.commandPalette.map(({ command, when }) => [command, when]));
const settings: readonly (readonly [string, Setting])[] = Object.entries(
  contributes.configuration.properties,
);

type Setting = {
  readonly type: string;
  readonly scope: string;
  readonly order: number;
  readonly markdownDescription: string;
  readonly default: unknown;
  readonly enum?: readonly unknown[];
  readonly enumDescriptions?: readonly string[];
};

describe("the extension as a whole", () => {
  test("is typed by the oldest editor that it runs in", () => {
    expect(manifest.engines.vscode).toBe(`^${manifest.devDependencies["@types/vscode"]}`);
  });

  test("runs where the programs do, takes no keys, and uses no proposed interface", () => {
    expect(manifest.extensionKind).toEqual(["workspace"]);
    expect(contributes).not.toHaveProperty("keybindings");
    expect(manifest).not.toHaveProperty("enabledApiProposals");
  });

  test("starts with nothing but a configuration, a view or a command", () => {
    const others = manifest.activationEvents.filter((event) => !event.startsWith("workspaceContains:"));
    expect(others).toEqual([]);
  });
});

describe("commands", () => {
  test("each one that only a row can be meant by is hidden from the palette", () => {
    const menu = contributes.menus["view/item/context"].map(({ command }) => command);
    const hidden = [...palette].filter(([, when]) => when === "false").map(([command]) => command);
    for (const command of hidden) expect(menu).toContain(command);
  });

  test("each one that shows a picture as its button has one of the editor's own", () => {
    const inline = contributes.menus["view/item/context"].filter(({ group }) => group.startsWith("inline"));
    const title = contributes.menus["view/title"].filter(({ group }) => group.startsWith("navigation"));
    const buttons = new Set([...inline, ...title].map(({ command }) => command));
    for (const { command, icon } of commands)
      if (buttons.has(command)) expect(icon, command).toMatch(/^\$\([a-z-]+\)$/);
  });
});

describe("settings", () => {
  test.each(settings)("%s tells what it is for, its default and whom it is for", (name, setting) => {
    expect(name).toMatch(/^supervisord\./);
    expect(["application", "window", "resource", "machine-overridable"]).toContain(setting.scope);
    expect(setting).toHaveProperty("default");
    expect(worded(setting.markdownDescription)).toMatch(/Default|Example/);
    expect(setting.enumDescriptions?.length).toBe(setting.enum?.length);
  });

  test("each has a place of its own", () => {
    const orders = settings.map(([name, { order }]) => `${order}: ${name}`);
    const places = Map.groupBy(settings, ([, { order }]) => order);
    expect(orders.filter((_, index) => places.get(settings[index]?.[1].order ?? 0)?.length !== 1)).toEqual(
      [],
    );
  });
});

test("the view has a name and a picture wherever it is moved to", () => {
  for (const view of contributes.views.supervisord) {
    expect(view.contextualTitle).toBe("Supervisord");
    expect(view.icon).toMatch(/\.svg$/);
  }
});

test("each reason for an empty view is told, with at most one button", () => {
  for (const { contents } of contributes.viewsWelcome) {
    const buttons = worded(contents).match(/^\[[^\]]+\]\([^)]+\)$/gm) ?? [];
    expect(buttons.length, contents).toBeLessThanOrEqual(1);
  }
});

test("each colour has a default in all four kinds of themes", () => {
  for (const { id, defaults } of contributes.colors) {
    expect(Object.keys(defaults).sort(), id).toEqual(["dark", "highContrast", "highContrastLight", "light"]);
  }
});

test("the walkthrough has four steps that can be completed, each with a picture that is described", () => {
  const [walkthrough] = contributes.walkthroughs;
  expect(walkthrough?.steps).toHaveLength(4);
  for (const { completionEvents, media } of walkthrough?.steps ?? []) {
    expect(completionEvents.length).toBeGreaterThan(0);
    expect(worded(media.altText)).not.toBe("");
  }
});

test("agents' tools are named by what they do, and say what they take", () => {
  for (const { name, modelDescription, userDescription, inputSchema } of contributes.languageModelTools) {
    expect(name).toMatch(/^supervisord_[a-z]+_[a-z_]+$/);
    expect(modelDescription.length).toBeGreaterThan(40);
    expect(worded(userDescription)).not.toBe("");
    expect(inputSchema.additionalProperties).toBe(false);
  }
});

function worded(text: string): string {
  const key = /^%(.+)%$/.exec(text)?.[1];
  return key === undefined ? text : (Object.entries(english).find(([name]) => name === key)?.[1] ?? "");
}
