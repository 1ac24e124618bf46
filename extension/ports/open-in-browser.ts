import * as vscode from "vscode";
import { makeNamespec } from "../../daemon/protocol/names.ts";
import type { CommandArguments } from "../model/command-arguments.ts";
import { t } from "../model/l10n.ts";
import { hostOf, type Port } from "../model/ports/port.ts";
import type { Servers } from "../servers/servers.ts";
import { chooseProcess } from "../views/process-picker.ts";
import { probe } from "./probe.ts";
import { isOnThisMachine, type ProcessTarget, portsOf } from "./program-ports.ts";

/** Opens the page that a program serves, through the editor's forwarding of ports where it runs elsewhere. */
export async function openInBrowser(servers: Servers, args: CommandArguments): Promise<void> {
  const target = await chooseProcess(servers, args, t("Open Program in Browser"), ({ pid }) => pid !== null);
  if (target === null) return;
  const name = makeNamespec(target.group, target.name);
  const ports = await portsOf(servers, target);
  const pages = (await Promise.all(ports.map(pageOf))).filter((page) => page !== null);
  if (pages.length === 0) {
    void vscode.window.showInformationMessage(whyNone(servers, target, name, ports));
    return;
  }
  const url = pages.length === 1 ? pages[0]?.url : await choosePage(name, pages);
  // The editor itself turns it into the address that the user's machine reaches it by.
  if (url !== undefined) await vscode.env.openExternal(vscode.Uri.parse(url, true));
}

type Page = { readonly url: string; readonly pid: number };

async function pageOf(port: Port): Promise<Page | null> {
  const speaks = await probe(port);
  if (speaks !== "http" && speaks !== "https") return null;
  return { url: `${speaks}://${hostOf(port)}:${port.port}/`, pid: port.pid };
}

async function choosePage(name: string, pages: readonly Page[]): Promise<string | undefined> {
  const items = pages.map(({ url, pid }) => ({
    label: `$(globe) ${url}`,
    description: t("pid {0}", pid),
    url,
  }));
  const placeHolder = t("{0} serves several pages. Choose one", name);
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.url;
}

function whyNone(servers: Servers, target: ProcessTarget, name: string, ports: readonly Port[]): string {
  const address = servers.find(target.server)?.client?.address;
  if (address !== undefined && !isOnThisMachine(address))
    return t("{0} runs on another machine, whose ports cannot be seen from here.", name);
  if (ports.length === 0) return t("{0} listens on no port at present.", name);
  const numbers = ports.map(({ port }) => port).join(", ");
  return t("{0} listens on {1}, but nothing there answers to HTTP.", name, numbers);
}
