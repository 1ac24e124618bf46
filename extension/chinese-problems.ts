import { CHINESE_TEXTS } from "../language-server/l10n/zh-cn-texts.ts";

/** The Chinese of what is wrong with configurations, which the language server and the view tell alike. */
export function chineseProblems(): Readonly<Record<string, string>> {
  return CHINESE_TEXTS;
}
