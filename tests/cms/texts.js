// Reads and writes files with the scripts of the editor's page: one request on a line, one answer on a line, as JSON.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const readline = require("node:readline");
const vm = require("node:vm");

globalThis.jsyaml = require("js-yaml/browser");
const [page, kinds] = process.argv.slice(2);
globalThis.PLANSITE_KINDS = JSON.parse(fs.readFileSync(kinds, "utf8"));
for (const name of ["read-fields.js", "write-fields.js", "formats.js"]) {
  vm.runInThisContext(fs.readFileSync(path.join(page, name), "utf8"), { filename: name });
}

function answer({ kind, text, changes }) {
  const format = globalThis.plansiteFormats[`plansite-${kind}-frontmatter`];
  try {
    const content = text === null ? {} : format.fromFile(text);
    const shown = { ...content };
    for (const [name, value] of Object.entries(changes)) content[name] = value;
    return { shown, text: format.toFile(content) };
  } catch (error) {
    return { error: error.message };
  }
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
});
