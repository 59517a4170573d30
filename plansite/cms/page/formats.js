// A file format of the content editor for each kind of file; see read-fields.js and write-fields.js.
"use strict";
(() => {
  const { SOURCE, UnreadableError, splitFile, parseNodes, readFields, changeHead, formatFields } = globalThis.plansiteText;

  /** What the form shows of a file. One that cannot be read shows its text alone, and cannot be saved. */
  function fromFile(text, kind) {
    const file = splitFile(text);
    const content = { [SOURCE]: text };
    if (file === null) return { ...content, body: text.trim() };
    try {
      return { ...content, ...readFields(parseNodes(file.head), kind), body: trimBody(file.body) };
    } catch {
      return content;
    }
  }

  const trimBody = (body) => body.replace(/^\s*\n/, "").trimEnd();

  /** The text of a file with what the form holds. */
  function toFile(content, kind) {
    const body = typeof content.body === "string" ? content.body.replace(/\r\n?/g, "\n").trimEnd() : "";
    const source = content[SOURCE];
    if (typeof source !== "string") return `---\n${formatFields(kind, content)}---\n${body}${body ? "\n" : ""}`;
    try {
      return changeFile(source, content, kind, body);
    } catch (error) {
      const why = error instanceof UnreadableError ? error.message : "its front matter has a mistake";
      throw new Error(`This file cannot be changed here: ${why}. Change it in a text editor.`);
    }
  }

  function changeFile(source, content, kind, body) {
    const file = splitFile(source);
    if (file === null) {
      const head = formatFields(kind, content);
      return `${head ? `---\n${head}---\n` : ""}${body}\n`;
    }
    const head = changeHead(file.head, kind, content);
    const isSame = body.trim() === trimBody(file.body).trim();
    const blank = /^(\s*\n)?/.exec(file.body)[0];
    return file.opening + head + file.closing + (isSame ? file.body : `${blank}${body}${body ? "\n" : ""}`);
  }

  const formats = Object.entries(globalThis.PLANSITE_KINDS).map(([name, kind]) => [
    `plansite-${name}-frontmatter`,
    { fromFile: (text) => fromFile(text, kind), toFile: (content) => toFile(content, kind) },
  ]);
  globalThis.plansiteFormats = Object.fromEntries(formats);

  if (globalThis.CMS) {
    for (const [name, format] of formats) globalThis.CMS.registerCustomFormat(name, "md", format);
    globalThis.CMS.init();
  }
})();
