"""A folder of files inside the browser, which the editor gets where it asks for one on the computer.

A browser without a person cannot choose a folder. What stands in for it has the same interface, and is private to the
page: the files are put into it before, and taken out of it afterwards.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

_CHOOSE = "window.showDirectoryPicker = () => navigator.storage.getDirectory();"
_FILL = """async (files) => {
  const top = await navigator.storage.getDirectory();
  await top.getDirectoryHandle(".git", { create: true });
  for (const [path, text] of Object.entries(files)) {
    const names = path.split("/");
    let folder = top;
    for (const name of names.slice(0, -1)) folder = await folder.getDirectoryHandle(name, { create: true });
    const file = await folder.getFileHandle(names.at(-1), { create: true });
    const stream = await file.createWritable();
    await stream.write(text);
    await stream.close();
  }
}"""
_READ = """async () => {
  const files = {};
  const read = async (folder, before) => {
    for await (const [name, handle] of folder.entries()) {
      if (handle.kind === "directory") await read(handle, `${before}${name}/`);
      else files[before + name] = await (await handle.getFile()).text();
    }
  };
  await read(await navigator.storage.getDirectory(), "");
  return files;
}"""


def offer_folder(page: Page, address: str, top: Path) -> None:
    """Open the editor's page, which gets the Markdown files below a folder."""
    page.add_init_script(_CHOOSE)
    page.goto(address)
    page.evaluate(_FILL, {path.relative_to(top).as_posix(): path.read_text("utf-8") for path in top.rglob("*.md")})


def take_files(page: Page, top: Path) -> None:
    """Write the files as the editor left them into the folder."""
    for path, text in page.evaluate(_READ).items():
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).write_text(text, "utf-8", newline="")
