/** Text as Markdown code, whatever back quotes and line breaks it holds. */
export function code(text: string): string {
  const line = text.replaceAll("\n", " ");
  const fence = "`".repeat(Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length)) + 1);
  return fence.length === 1 ? `\`${line}\`` : `${fence} ${line} ${fence}`;
}
