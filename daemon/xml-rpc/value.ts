/** What XML-RPC carries. Base64 and dates arrive as the text they hold, as Supervisor takes them. */
export type XmlRpcValue =
  | string
  | number
  | boolean
  | null
  | readonly XmlRpcValue[]
  | { readonly [name: string]: XmlRpcValue };

/** Deepest nesting of arrays and structs that is written or read. */
export const MAX_DEPTH = 32;

/** Longest body of an answer that a client reads, in bytes. */
export const MAX_RESPONSE_BYTES = 64 * 1024 * 1024;
