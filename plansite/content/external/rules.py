"""The rules for settings that cannot be followed, among them those for external sources."""

from __future__ import annotations

from plansite.model.findings import Level, Rule

UNKNOWN_SETTING = Rule(
    "PS041",
    "unknown-setting",
    Level.ERROR,
    """A setting in `plansite.yaml` has a name that plansite does not know, so it has no effect.

Example: `statuss: {Fin: completed}` in an entry of `sources`. Write `statuses`.""",
)
UNMATCHED_PATTERN = Rule(
    "PS042",
    "unmatched-pattern",
    Level.ERROR,
    """No file in the folder of a source matches a pattern of `files`, so nothing is read.

A pattern is compared with the name of each file in the folder and below, and with its path in the folder if it has
a `/`.

Example: `files: kep.yml`, and the files are called `kep.yaml`.""",
)
UNMATCHED_EXCLUSION = Rule(
    "PS043",
    "unmatched-exclusion",
    Level.WARNING,
    """A pattern of `exclude` does not match any file, so it excludes nothing.

A file that you meant to exclude may be read as an action.

Example: `exclude: REDME.md`. Write `exclude: README.md`.""",
)
UNREAD_FILES = Rule(
    "PS044",
    "unread-files",
    Level.ERROR,
    """The patterns of a source match files that are neither Markdown nor YAML. They are not read and have no page.

Example: `files: "*"` in a folder with pictures. Write `files: ["*.md", "*.yaml"]`.""",
)
REPEATED_FILES = Rule(
    "PS045",
    "repeated-files",
    Level.ERROR,
    """Files of a source have already been read, as part of the site or of an earlier source.

Each file is read once, so that no action is counted twice.

Example: `path: ../housing` and `path: ../housing/tasks`. Add `exclude: tasks` to the first.""",
)

UNKNOWN_HOST = Rule(
    "PS050",
    "unknown-repository-host",
    Level.HINT,
    """The address of a repository does not tell which program shows it on the web, so links to edit files may be wrong.

They are made as for GitHub until `host` says which program it is: `github`, `gitlab`, or `forgejo` for Forgejo and
Gitea.

Example: `repository: https://git.example.org/plans`. Add `host: gitlab`.""",
)
CONTACT_WITHOUT_ADDRESS = Rule(
    "PS051",
    "contact-without-address",
    Level.WARNING,
    """The `contact` of the site or of a plan is not an e-mail address, so its pages have no link “Send an update”.

Example: `contact: Registered Manager`. Write `contact: manager@example.org`.""",
)

SETTING_RULES: tuple[Rule, ...] = tuple(rule for rule in vars().values() if isinstance(rule, Rule))
