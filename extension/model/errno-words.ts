import { t } from "./l10n.ts";

/** What the system's error means, in words; what begins with no known code (`ENOENT`, `ENOENT: no such file ...`) as it is. */
export function errnoWords(reason: string): string {
  const code = /^(?:Error: )?(E[A-Z0-9]+)\b/.exec(reason)?.[1];
  return code === undefined ? reason : (wordsOf(code) ?? reason);
}

function wordsOf(code: string): string | null {
  switch (code) {
    case "ENOENT":
      return t("no such file or directory");
    case "ENOTDIR":
      return t("not a directory");
    case "EISDIR":
      return t("it is a directory");
    case "EACCES":
      return t("permission denied");
    case "EPERM":
      return t("operation not permitted");
    case "ENOEXEC":
      return t("it is in no format that can be run");
    case "ENOSPC":
      return t("no space left on the disk");
    case "EDQUOT":
      return t("the disk quota is used up");
    case "EROFS":
      return t("the disk is read-only");
    case "EFBIG":
      return t("the file is too large");
    case "EIO":
      return t("the disk or device has failed");
    case "EMFILE":
    case "ENFILE":
      return t("too many open files");
    case "ENOMEM":
      return t("no memory left");
    case "EADDRINUSE":
      return t("another program uses it");
    case "EADDRNOTAVAIL":
      return t("this machine has no such address");
    case "ELOOP":
      return t("its links lead in a circle");
    default:
      return null;
  }
}
