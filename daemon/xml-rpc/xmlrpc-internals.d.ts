/** The parts of the package `xmlrpc` that encode and decode without a network of their own. */
declare module "xmlrpc/lib/serializer.js" {
  const serializer: {
    serializeMethodCall(method: string, params: readonly unknown[]): string;
    serializeMethodResponse(result: unknown): string;
    serializeFault(fault: unknown): string;
  };
  export = serializer;
}

declare module "xmlrpc/lib/customtype.js" {
  /** A value that writes its own element. */
  class CustomType {
    constructor(raw: string);
    readonly raw: string;
    serialize(xml: XmlNode): unknown;
  }
  interface XmlNode {
    ele(name: string): XmlNode;
    txt(text: string): XmlNode;
  }
  export = CustomType;
}

declare module "xmlrpc/lib/deserializer.js" {
  interface Source {
    setEncoding(encoding: string): void;
    on(event: string, listener: (error: Error) => void): void;
    pipe(parser: { write(text: string): unknown; end(): unknown }): void;
  }
  class Deserializer {
    readonly stack: unknown[];
    readonly marks: number[];
    value: boolean;
    deserializeMethodCall(
      source: Source,
      callback: (error: Error | undefined | null, method: string, params: unknown[]) => void,
    ): void;
    deserializeMethodResponse(
      source: Source,
      callback: (
        error: (Error & { faultCode?: unknown; faultString?: unknown }) | null,
        result: unknown,
      ) => void,
    ): void;
    /** The parser that it feeds; `_parser` is the one of the package `sax`, which reads leniently by default. */
    readonly parser: {
      readonly _parser: { strict: boolean };
      on(event: "doctype", listener: () => void): void;
    };
    onOpentag(node: { readonly name: string }): void;
    onClosetag(name: string): void;
    endBoolean(data: string): void;
    push(value: unknown): void;
    endStruct(data: string): void;
    endBase64(data: string): void;
    endDateTime(data: string): void;
  }
  export = Deserializer;
}
