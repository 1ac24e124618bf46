import { once } from "node:events";
import { createServer } from "node:http";
import { onTestFinished } from "vitest";

const STOP_ALL =
  "<?xml version='1.0'?><methodCall><methodName>supervisor.stopAllProcesses</methodName></methodCall>";

/** Serves, until the test is over, a page that tries all it can against a daemon; its address. */
export function serveForeignPage(host: string, target: string): Promise<string> {
  return serve(host, attack(target));
}

/** What such a page finds out: nothing, of no kind of request. */
export const NOTHING = {
  readPage: "refused",
  readEvents: "refused",
  readLog: "refused",
  eventSource: "refused",
  webSocket: "refused",
  postForm: "refused",
  postRpc: "refused",
  postXml: "refused",
  script: "refused",
  image: "refused",
};

async function serve(host: string, page: string): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(200, { "Content-Type": "text/html" }).end(page);
  }).listen(0, host);
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error(`cannot listen on ${host}`);
  return `http://${host}:${address.port}/`;
}

/** What it finds out stands in `window.tried`. */
function attack(target: string): string {
  return `<!doctype html>
<img src="${target}index.html?action=stopall">
<iframe src="${target}"></iframe>
<form method="post" action="${target}index.html"><input type="hidden" name="action" value="stopall"><button>Post a form</button></form>
<a href="${target}index.html?action=stopall">Follow a link</a>
<script>
const outcome = (request) => request.then((r) => (r.type === "opaque" ? "blind" : "read"), () => "refused");
const post = (path, body) => outcome(fetch("${target}" + path, { method: "POST", mode: "no-cors", credentials: "include", body }));
const opened = (stream) => new Promise((done) => { stream.onopen = () => done("read"); stream.onmessage = () => done("read"); stream.onerror = () => { stream.close(); done("refused"); }; });
const loaded = (kind, src) => new Promise((done) => { const element = document.createElement(kind); element.onload = () => done("read"); element.onerror = () => done("refused"); element.src = src; document.body.append(element); });
const form = new URLSearchParams({ action: "stopall", token: "guessed" });
(async () => {
  window.tried = {
    readPage: await outcome(fetch("${target}", { credentials: "include" })),
    readEvents: await outcome(fetch("${target}events", { credentials: "include" })),
    readLog: await outcome(fetch("${target}logtail/web", { credentials: "include" })),
    eventSource: await opened(new EventSource("${target}events", { withCredentials: true })),
    webSocket: await opened(new WebSocket("${target.replace("http", "ws")}events")),
    postForm: await post("index.html", form),
    postRpc: await post("RPC2", ${JSON.stringify(STOP_ALL)}),
    postXml: await outcome(fetch("${target}RPC2", { method: "POST", credentials: "include", headers: { "Content-Type": "text/xml" }, body: ${JSON.stringify(STOP_ALL)} })),
    script: await loaded("script", "${target}logtail/web"),
    image: await loaded("img", "${target}index.html?action=stopall"),
  };
})();
</script>`;
}
