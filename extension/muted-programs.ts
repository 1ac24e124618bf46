import * as vscode from "vscode";
import { type CommandArguments, idsOf } from "./model/command-arguments.ts";
import { t } from "./model/l10n.ts";
import {
  isMuted,
  type Muted,
  type MutedProgram,
  mutedProgram,
  withMuted,
  withoutMuted,
} from "./model/muted.ts";
import { findTarget } from "./model/target.ts";
import type { Servers } from "./servers/servers.ts";
import { chooseProcess } from "./views/process-picker.ts";

const KEY = "mutedPrograms";

/** The programs of the workspace whose deaths are not told, kept until they are unmuted. */
export class MutedPrograms {
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  get all(): Muted {
    return this.#memory.get<Muted>(KEY) ?? [];
  }

  has(program: MutedProgram): boolean {
    return isMuted(this.all, program);
  }

  async mute(programs: readonly MutedProgram[]): Promise<void> {
    await this.#memory.update(KEY, withMuted(this.all, programs));
  }

  async unmute(programs: readonly MutedProgram[]): Promise<void> {
    await this.#memory.update(KEY, withoutMuted(this.all, programs));
  }
}

/** Mutes the program of the process that the arguments name, or that is picked. */
export async function muteProgram(
  servers: Servers,
  muted: MutedPrograms,
  args: CommandArguments,
): Promise<void> {
  const target = await chooseProcess(servers, args, t("Mute Program"), () => true);
  const server = target === null ? undefined : servers.find(target.server);
  if (target === null || server === undefined) return;
  const program = mutedProgram(server, target);
  await muted.mute([program]);
  void offerUndo(muted, program);
}

async function offerUndo(muted: MutedPrograms, program: MutedProgram): Promise<void> {
  const undo = t("Undo");
  const choice = await vscode.window.showInformationMessage(
    t("It is no longer told when {0} ends unexpectedly. Unmute Program takes that back.", program.program),
    undo,
  );
  if (choice === undo) await muted.unmute([program]);
}

/** Unmutes the program of the process that the arguments name, or those that are picked. */
export async function unmuteProgram(
  servers: Servers,
  muted: MutedPrograms,
  args: CommandArguments,
): Promise<void> {
  const [id] = idsOf(args);
  const target = id === undefined ? null : findTarget(servers.views, id);
  if (id !== undefined && target === null)
    throw new Error(t("There is no program or group {0} in this window.", id));
  const server = target === null ? undefined : servers.find(target.server);
  const isNamed = target?.kind === "process" && server !== undefined;
  await muted.unmute(isNamed ? [mutedProgram(server, target)] : await pickMuted(muted));
}

async function pickMuted(muted: MutedPrograms): Promise<readonly MutedProgram[]> {
  if (muted.all.length === 0) {
    void vscode.window.showInformationMessage(t("No program is muted."));
    return [];
  }
  const items = muted.all.map((one) => ({ label: one.program, description: one.server, one }));
  const options = { canPickMany: true, placeHolder: t("Choose programs to be told of again") } as const;
  return (await vscode.window.showQuickPick(items, options))?.map(({ one }) => one) ?? [];
}
