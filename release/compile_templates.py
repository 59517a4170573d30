"""A hook of hatchling: the wheel carries the templates of the default theme compiled, as a module of Python."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTemplates(BuildHookInterface[Any]):
    """Adds `plansite/render/default_templates.py` to a wheel; an editable installation makes its own when it runs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the module to a temporary folder and name it to the builder."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        try:
            from plansite.render.compiled_templates import SHIPPED_MODULE, generate_module
        finally:
            sys.path.remove(self.root)
        self._folder = tempfile.TemporaryDirectory()
        file = Path(self._folder.name) / f"{SHIPPED_MODULE}.py"
        file.write_text(generate_module(), "utf-8", newline="\n")
        build_data["force_include"][str(file)] = f"plansite/render/{file.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove the temporary folder."""
        if version != "editable":
            self._folder.cleanup()
