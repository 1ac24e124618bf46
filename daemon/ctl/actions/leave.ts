import type { Action } from "./action.ts";

/** `quit`, `exit` and the end of input. */
export const leave: Action = {
  help: ["quit, exit or Ctrl-D   leave the prompt; what runs goes on"],
  run: async (session) => {
    session.say("");
    return "leave";
  },
};
