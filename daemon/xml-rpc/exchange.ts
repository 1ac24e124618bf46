import { type Answer, decodeResponse } from "./decode.ts";
import { encodeCall } from "./encode.ts";
import type { XmlRpcValue } from "./value.ts";

/** Makes a call through `post`, which takes the body of the call and resolves with that of the answer. */
export async function exchange(
  method: string,
  params: readonly XmlRpcValue[],
  post: (body: string) => Promise<Buffer>,
): Promise<Answer> {
  return decodeResponse(await post(encodeCall(method, params)));
}
