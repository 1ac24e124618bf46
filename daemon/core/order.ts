type Prioritised = { readonly priority: number; readonly name: string };

/** In the order in which Supervisor starts: the lowest priority number first, equals as they stand. */
export function startOrder<T extends Prioritised>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => a.priority - b.priority);
}

/** In the order in which Supervisor stops: the reverse of the start. */
export function stopOrder<T extends Prioritised>(items: readonly T[]): T[] {
  return startOrder(items).reverse();
}
