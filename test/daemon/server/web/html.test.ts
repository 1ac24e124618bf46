import { expect, test } from "vitest";
import { html, trusted } from "../../../../daemon/server/web/html.ts";

test("what is put into markup cannot end a text, an attribute or a tag", () => {
  const evil = `"'><script>alert(1)</script>&amp;`;
  const { markup } = html`<p title="${evil}">${evil}</p>`;
  expect(markup).toBe(
    `<p title="&#34;&#39;&#62;&#60;script&#62;alert(1)&#60;/script&#62;&#38;amp;">&#34;&#39;&#62;&#60;script&#62;alert(1)&#60;/script&#62;&#38;amp;</p>`,
  );
});

test("markup in markup stays what it is, one after another, and null is nothing", () => {
  const rows = ["<a>", "<b>"].map((name) => html`<i>${name}</i>`);
  expect(html`${rows}${null}${3}${trusted("<hr>")}`.markup).toBe("<i>&#60;a&#62;</i><i>&#60;b&#62;</i>3<hr>");
});
