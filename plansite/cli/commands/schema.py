"""`plansite schema`: the JSON Schema of the fields, for editors."""

from __future__ import annotations

import json

import click

from plansite.exports.actions_json.schema import build_export_schema
from plansite.schema import FILE_KINDS, build_combined_schema, build_schema

#: What stands for the file of `plansite export --to json`.
_EXPORT = "export"


@click.command("schema")
@click.argument("kind", type=click.Choice([*FILE_KINDS, _EXPORT]), required=False)
def command(kind: str | None) -> None:
    """Print the JSON Schema of a KIND of file, or of all of them.

    With it, a text editor can complete field names and mark mistakes while you type. `site` means plansite.yaml; the
    other kinds describe the front matter of a Markdown file, and `export` what “plansite export --to json” writes.
    """
    schema = build_export_schema() if kind == _EXPORT else build_schema(kind) if kind else build_combined_schema()
    click.echo((json.dumps(schema, indent=2, ensure_ascii=False) + "\n").encode(), nl=False)
