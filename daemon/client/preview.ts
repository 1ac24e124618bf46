import type { ConfigPreview, OptionChange, ProcessChange } from "../protocol/preview.ts";
import type { XmlRpcValue } from "../xml-rpc/value.ts";
import { toList, toStruct, toText } from "./shapes.ts";

/** Reads what `supervisord.previewConfig` answers; throws where it has another shape. */
export function toPreview(value: XmlRpcValue): ConfigPreview {
  const { added = null, changed = null, removed = null, sections = null, processes = null } = toStruct(value);
  return {
    added: toList(added, toText),
    changed: toList(changed, toText),
    removed: toList(removed, toText),
    sections: toList(sections, toText),
    processes: toList(processes, toProcessChange),
  };
}

function toProcessChange(value: XmlRpcValue): ProcessChange {
  const { group = null, name, kind = null, options = null } = toStruct(value);
  return {
    group: toText(group),
    name: name === undefined ? null : toText(name),
    kind: toKind(toText(kind)),
    options: toList(options, toOptionChange),
  };
}

function toKind(word: string): ProcessChange["kind"] {
  return word === "added" || word === "removed" ? word : "changed";
}

function toOptionChange(value: XmlRpcValue): OptionChange {
  const { name = null, before, after } = toStruct(value);
  return {
    name: toText(name),
    before: before === undefined ? null : toText(before),
    after: after === undefined ? null : toText(after),
  };
}
