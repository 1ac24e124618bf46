const VARIABLE = /\$(?:\{(\w+)\}|([A-Za-z_]\w*))/g;

/** The names of the variables that a shell would put into a text, in the order in which they stand. */
export function shellVariables(text: string): string[] {
  if (!text.includes("$")) return [];
  return Array.from(text.matchAll(VARIABLE), ([, braced, plain]) => braced ?? plain ?? "");
}

/** A text in which Supervisor puts in the variables that a shell would. */
export function withExpansions(text: string): string {
  return text.replace(VARIABLE, (_whole, braced, plain) => `%(ENV_${braced ?? plain})s`);
}
