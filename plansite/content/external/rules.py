"""The rules for settings that cannot be followed, among them those for external sources."""

from __future__ import annotations

from plansite.model.findings import Level, Rule

UNKNOWN_SETTING = Rule(
    "PS041",
    "unknown-setting",
    Level.ERROR,
    """A name in `plansite.yaml` is none that plansite knows, so what stands behind it is not done.

Example: `statuss: {Fin: completed}` in an entry of `sources`. Write `statuses`.""",
)
UNMATCHED_PATTERN = Rule(
    "PS042",
    "unmatched-pattern",
    Level.ERROR,
    """No file in the folder of a source matches a pattern of `files`, so nothing is read by it.

A pattern is compared with the name of each file in the folder and below, and with its path in the folder if it has
a `/`.

Example: `files: kep.yml`, and the files are called `kep.yaml`.""",
)
UNMATCHED_EXCLUSION = Rule(
    "PS043",
    "unmatched-exclusion",
    Level.WARNING,
    """A pattern of `exclude` matches none of the files that `files` names, so it leaves nothing out.

What was meant to be left out is perhaps read as an action.

Example: `exclude: REDME.md`. Write `exclude: README.md`.""",
)
UNREAD_FILES = Rule(
    "PS044",
    "unread-files",
    Level.ERROR,
    """The patterns of a source match files that are neither Markdown nor YAML. They are not read, and have no page.

Example: `files: "*"` in a folder with pictures. Write `files: ["*.md", "*.yaml"]`.""",
)
REPEATED_FILES = Rule(
    "PS045",
    "repeated-files",
    Level.ERROR,
    """Files of a source are read already, by the site itself or by a source that comes before.

Each file is read once, since an action on two plans would be counted twice.

Example: `path: ../housing` and `path: ../housing/tasks`. Add `exclude: tasks` to the first.""",
)

SETTING_RULES: tuple[Rule, ...] = tuple(rule for rule in vars().values() if isinstance(rule, Rule))
