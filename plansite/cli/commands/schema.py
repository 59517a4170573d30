"""`plansite schema`: the JSON Schema of the fields, for editors."""

from __future__ import annotations

import json

import click

from plansite.schema import FILE_KINDS, build_combined_schema, build_schema


@click.command("schema")
@click.argument("kind", type=click.Choice(list(FILE_KINDS)), required=False)
def command(kind: str | None) -> None:
    """Print the JSON Schema of a KIND of file, or of all of them.

    With it, a text editor can complete field names and mark mistakes while you type. `site` means plansite.yaml; the
    other kinds describe the front matter of a Markdown file.
    """
    schema = build_schema(kind) if kind else build_combined_schema()
    click.echo((json.dumps(schema, indent=2, ensure_ascii=False) + "\n").encode(), nl=False)
