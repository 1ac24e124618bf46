import { type Descriptions, describeOption, describeSection } from "../../daemon/config/descriptions.ts";
import { inEnglish, inWords, type Message } from "../../daemon/config/say.ts";
import type { SectionKind } from "../../daemon/config/schema.ts";

/** All that the server says, in the language of one client. */
export type Words = {
  readonly say: (message: Message) => string;
  readonly section: (kind: SectionKind) => string;
  readonly option: (kind: SectionKind, option: string) => string | undefined;
};

/** What another language has for each English text, and its own descriptions of sections and options. */
export type Catalogue = {
  readonly texts: Readonly<Record<string, string>>;
  readonly descriptions: Descriptions;
};

/** The words that the daemon uses too. */
export const english: Words = { say: inEnglish, section: describeSection, option: describeOption };

/** The words for a client's locale, such as `zh-cn` or `en-US`; English where it is not one of ours. */
export async function wordsFor(locale: string | undefined): Promise<Words> {
  if (!/^zh(?:$|[-_](?:cn|sg|hans))/i.test(locale ?? "")) return english;
  const { CHINESE } = await import("./zh-cn.ts");
  return wordsOf(CHINESE);
}

function wordsOf({ texts, descriptions }: Catalogue): Words {
  return {
    say: (message) => inWords(message, (template) => texts[template] ?? template),
    section: (kind) => describeSection(kind, descriptions),
    option: (kind, option) => describeOption(kind, option, descriptions),
  };
}
