import type { ConfigPreview, OptionChange } from "../../protocol/preview.ts";
import { MASK, maskSecrets, namesSecret } from "../../protocol/secrets.ts";
import type { XmlRpcValue } from "../../xml-rpc/value.ts";

/** A preview for the wire, which has no null: what is missing has no key. Secrets are not told, but that they differ. */
export function previewValue({ added, changed, removed, processes, sections }: ConfigPreview): XmlRpcValue {
  return {
    added,
    changed,
    removed,
    sections,
    processes: processes.map(({ group, name, kind, options }) => ({
      group,
      ...(name === null ? {} : { name }),
      kind,
      options: options.map(optionValue),
    })),
  };
}

function optionValue({ name, before, after }: OptionChange): XmlRpcValue {
  const masked = { before: shown(name, before), after: shown(name, after) };
  const isHidden = before !== null && after !== null && masked.before === masked.after;
  return {
    name,
    ...(masked.before === null ? {} : { before: masked.before }),
    ...(masked.after === null ? {} : { after: isHidden ? `${masked.after} (another)` : masked.after }),
  };
}

function shown(name: string, value: string | null): string | null {
  if (value === null) return null;
  return namesSecret(name) ? MASK : maskSecrets(value);
}
