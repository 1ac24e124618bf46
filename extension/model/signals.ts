import { t } from "./l10n.ts";

/** A signal that can be sent to a program, with what programs usually make of it. */
export type SignalChoice = { readonly name: string; readonly meaning: string };

/** The signals that are sent by hand, the ones that do least harm first. */
export function signalChoices(): SignalChoice[] {
  return [
    { name: "HUP", meaning: t("Reads its configuration again, or ends") },
    { name: "USR1", meaning: t("What the program makes of it; Node opens its debugger") },
    { name: "USR2", meaning: t("What the program makes of it; often a graceful restart") },
    { name: "WINCH", meaning: t("The terminal changed its size; some servers end their workers gracefully") },
    { name: "STOP", meaning: t("Pauses it until CONT; the program cannot refuse") },
    { name: "CONT", meaning: t("Goes on after STOP") },
    { name: "INT", meaning: t("Interrupts it, as Ctrl+C does") },
    { name: "QUIT", meaning: t("Ends it, often gracefully or with a dump") },
    { name: "TERM", meaning: t("Asks it to end") },
    { name: "KILL", meaning: t("Ends it at once; the program cannot clean up") },
  ];
}
