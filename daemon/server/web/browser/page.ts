// The script of the web page. It makes live what the server has rendered; without it the page still works.
import { startStatusPage } from "./status.ts";
import { startTailPage } from "./tail.ts";

document.documentElement.classList.add("js");
if (document.body.classList.contains("status")) startStatusPage();
else startTailPage();
