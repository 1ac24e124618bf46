import type { CommandArguments } from "./model/command-arguments.ts";
import { t } from "./model/l10n.ts";
import { targetId } from "./model/target.ts";
import type { Servers } from "./servers/servers.ts";
import type { DetailsDocuments } from "./views/details-document.ts";
import { chooseProcess } from "./views/process-picker.ts";

/** Opens all that is known of the process that the arguments name, or that is picked. */
export async function showDetails(
  servers: Servers,
  details: DetailsDocuments,
  args: CommandArguments,
): Promise<void> {
  const target = await chooseProcess(servers, args, t("Show Details of Program"), () => true);
  if (target !== null) await details.show(targetId(target), target);
}
