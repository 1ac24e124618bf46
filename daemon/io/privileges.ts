import type { UserRef } from "../config/configuration.ts";
import { findAccount, groupIdsOf } from "./users.ts";

/** Becomes the user that the configuration names, with that user's groups; returns the number. Throws Supervisor's sentence if that cannot be. */
export function becomeUser(user: UserRef): number {
  const wanted = user.kind === "id" ? String(user.id) : user.name;
  const account = findAccount(user);
  if (account === null) throw new Error(`Can't find user ${wanted}, which [supervisord] user= names`);
  if (process.getuid?.() === account.uid) return account.uid;
  if (process.getuid?.() !== 0) {
    throw new Error(
      `Can't drop privilege as nonroot user\nStart supervisord as root or as ${account.name}, or remove user=`,
    );
  }
  process.setgroups?.(groupIdsOf(account));
  process.setgid?.(account.gid);
  process.setuid?.(account.uid);
  return account.uid;
}
