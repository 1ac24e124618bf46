import { readFileSync } from "node:fs";
import type { UserRef } from "../config/configuration.ts";

export type Account = { readonly name: string; readonly uid: number; readonly gid: number };

/** The account that a configuration names, by name or number; null if there is none. */
export function findAccount(user: UserRef): Account | null {
  for (const line of passwdLines("/etc/passwd")) {
    const [name = "", , uid, gid] = line.split(":");
    const matches = user.kind === "id" ? Number(uid) === user.id : name === user.name;
    if (matches && name !== "") return { name, uid: Number(uid), gid: Number(gid) };
  }
  return null;
}

/** The number of a group; null if there is none of that name. */
export function findGroupId(group: UserRef): number | null {
  if (group.kind === "id") return group.id;
  const line = passwdLines("/etc/group").find((entry) => entry.startsWith(`${group.name}:`));
  return line === undefined ? null : Number(line.split(":")[2]);
}

/** All groups of an account: its own, and those that name it as a member. */
export function groupIdsOf({ name, gid }: Account): number[] {
  const named = passwdLines("/etc/group").flatMap((line) => {
    const [, , id, members = ""] = line.split(":");
    return members.split(",").includes(name) ? [Number(id)] : [];
  });
  return [...new Set([gid, ...named])];
}

function passwdLines(file: string): string[] {
  return readFileSync(file, "utf8").split("\n");
}
