/** Words a text of the interface in the user's language; the values stand in its `{0}`, `{1}` and so on. */
export type Translate = (text: string, ...values: (string | number)[]) => string;

let translate: Translate = fillIn;

/** The text in the user's language; English until the editor's own translation is in use. */
export function t(text: string, ...values: (string | number)[]): string {
  return translate(text, ...values);
}

/** Has all texts of this bundle worded by the editor from here on. */
export function translateWith(editor: Translate): void {
  translate = editor;
}

/** The text with its values, in the language that it is in. */
export function fillIn(text: string, ...values: (string | number)[]): string {
  return text.replace(/\{(\d+)\}/g, (whole, index: string) => String(values[Number(index)] ?? whole));
}
