/** A text for the user in any language: in English, with `{0}`, `{1}` and so on where its values stand. */
export type Message = { readonly template: string; readonly args: readonly MessagePart[] };

export type MessagePart = string | number | Message;

/** Makes a message of a template literal; every language's catalogue has it under its English text. */
export function say(texts: TemplateStringsArray, ...args: readonly MessagePart[]): Message {
  const template = texts.reduce((before, text, index) => `${before}{${index - 1}}${text}`);
  return { template, args };
}

/** A message and, where there is one, a further sentence. */
export function followedBy(message: Message, next: Message | null): Message {
  return next === null ? message : say`${message} ${next}`;
}

/** A message as the daemon prints it. */
export function inEnglish(message: Message): string {
  return inWords(message, (template) => template);
}

/** A message in the words that `translate` has for its English text. */
export function inWords(message: Message, translate: (template: string) => string): string {
  return translate(message.template).replace(PLACEHOLDER, (whole, number: string) => {
    const arg = message.args[Number(number)];
    if (arg === undefined) return whole;
    return typeof arg === "object" ? inWords(arg, translate) : String(arg);
  });
}

const PLACEHOLDER = /\{(\d+)\}/g;
