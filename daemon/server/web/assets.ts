import type { Assets } from "./document.ts";

/** The style and script in `browser/`: the bundler puts their texts here. */
declare const WEB_PAGE_STYLE: string;
declare const WEB_PAGE_SCRIPT: string;

/** Style and script of the page. */
export function pageAssets(): Assets {
  return { style: WEB_PAGE_STYLE, script: WEB_PAGE_SCRIPT };
}
