import { element, nearby, setText } from "./dom.ts";

/** What is asked before, since it is about all processes at once. */
const QUESTIONS: Readonly<Record<string, string>> = {
  stopall: "Stop all processes?",
  restartall: "Restart all processes?",
  clearall: "Clear the logs of all processes?",
};

/** Sends the buttons of the page's form without leaving the page. `onDone` is told of what succeeded. */
export function sendInPlace(onDone: (action: string) => void): void {
  const form = element<HTMLFormElement>("#act");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { submitter } = event;
    if (!(submitter instanceof HTMLButtonElement) || submitter.ariaDisabled === "true") return;
    const question = QUESTIONS[submitter.value];
    if (question !== undefined && !confirm(question)) return;
    void send(form, submitter).then((done) => {
      if (done) onDone(submitter.value);
    });
  });
}

async function send(form: HTMLFormElement, button: HTMLButtonElement): Promise<boolean> {
  if (button.ariaBusy === "true") return false;
  button.ariaBusy = "true";
  try {
    const fields = [...new FormData(form, button)].map(([name, value]) => [name, String(value)]);
    // As attributes: a form's property `action` is its field of that name, if there is one.
    const address = button.getAttribute("formaction") ?? form.getAttribute("action");
    const response = await fetch(nearby(address ?? ""), {
      method: "POST",
      headers: { Accept: "text/plain" },
      body: new URLSearchParams(fields),
    });
    say((await response.text()).trim(), response.ok);
    return response.ok;
  } catch {
    say("ERROR: the daemon does not answer", false);
    return false;
  } finally {
    button.ariaBusy = null;
  }
}

function say(text: string, isGood: boolean): void {
  const notice = element("#notice");
  notice.dataset.kind = isGood ? "done" : "error";
  // The same words twice are news too, and are only read out if they change.
  notice.textContent = "";
  requestAnimationFrame(() => setText(notice, text));
}
