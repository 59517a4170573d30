"""The rules for faults that are found while files are read: code, name, level and documentation of each."""

from __future__ import annotations

from plansite.content import limits, text_rules
from plansite.content.external import rules as setting_rules
from plansite.model.findings import Level, Rule

ERROR, WARNING, HINT = Level.ERROR, Level.WARNING, Level.HINT

NOT_A_FILE = Rule(
    "PS001",
    "not-a-plain-file",
    ERROR,
    """The path is not an ordinary file, or is a link that leads out of the site.

Only plain files inside the site, or inside a folder named in `sources`, are read.

Example: `actions/door.md` is a link to `/etc/passwd`. Put a copy of the file there instead.""",
)
NOT_UTF8 = Rule(
    "PS003",
    "not-utf-8",
    ERROR,
    """The file is not written in UTF-8.

Other encodings turn names and dashes into the wrong letters.

Example: in your editor choose "Save with encoding", then "UTF-8".""",
)
CONTROL_CHARACTER = Rule(
    "PS004",
    "control-character",
    ERROR,
    """The file has a character that cannot be seen or printed.

The site shows � instead. A value that has only such characters is not shown. They often come from copying out of a PDF.

Example: delete the character at the place named, and type the word again.""",
)
BIDI_CHARACTER = Rule(
    "PS005",
    "hidden-direction",
    ERROR,
    """The front matter has a hidden character that changes the direction of the text after it.

It can make a name or a date look like another. The site shows � instead. Languages that are written from right to
left do not need them: marks of direction (U+200E, U+200F, U+061C) and isolates that are closed again are allowed.

Example: delete the character at the place named.""",
)
NO_FRONT_MATTER = Rule(
    "PS010",
    "no-front-matter",
    ERROR,
    """The file does not begin with front matter.

Front matter is the part between two lines of `---` at the top, with one field a line.

Example:

    ---
    title: Fix the door
    ---""",
)
UNCLOSED_FRONT_MATTER = Rule(
    "PS011",
    "unclosed-front-matter",
    ERROR,
    """The front matter has no closing line of `---`.

Without it, it is not clear where the fields end and the text begins.

Example: put a line with only `---` below the last field.""",
)
BAD_YAML = Rule(
    "PS012",
    "unreadable-front-matter",
    ERROR,
    """The front matter is not valid YAML, the notation of its fields.

Usually a value needs quotation marks, because it has a colon, or begins with `@`, `*`, `&`, `!`, `%` or `[`.

Example: write `title: "Fix: door"` and `owner: "@jane"`.""",
)
NOT_FIELDS = Rule(
    "PS013",
    "front-matter-not-fields",
    ERROR,
    """The front matter is a list or a text, not fields.

Each line of it is a name, a colon, a space and a value.

Example: `title: Fix the door`.""",
)
REFUSED_YAML = Rule(
    "PS014",
    "refused-notation",
    ERROR,
    """The front matter uses an anchor, alias, merge key, tag or directive of YAML, or nests too deeply.

They can make a small file grow enormously, and plans do not need them.

Example: in place of `*address`, write the value out. In place of `&x`, put quotation marks round the value.""",
)
DUPLICATE_KEY = Rule(
    "PS015",
    "duplicate-field",
    ERROR,
    """A field is given twice in one file.

The first is shown until somebody decides which is right.

Example: two lines `due:`. Delete the one that is no longer right, and note the move in `due_history`.""",
)
CUT_BY_HASH = Rule(
    "PS016",
    "cut-by-hash",
    WARNING,
    """Part or all of a value is missing, because a `#` at its start or after a space begins a comment in YAML.

`title: Plan #3` has the title "Plan", and `ref: #2` gives no number at all. A comment with
a space after its `#` is not reported.

Example: write `title: "Plan #3"`, `ref: "#2"`, `- "#1"` and `["#1", "#2"]`.""",
)
MISSING_FIELD = Rule(
    "PS020",
    "missing-field",
    ERROR,
    """A required field is missing.

Every file needs at least a title. Until then its file name is shown.

Example: add the line `title: Fix the door`.""",
)
UNKNOWN_FIELD = Rule(
    "PS021",
    "unknown-field",
    HINT,
    """A field has a name that plansite does not know.

It is not shown anywhere. Often it is a typing error.

Example: `onwer: Maintenance`. Did you mean `owner`?""",
)
WRONG_SHAPE = Rule(
    "PS022",
    "wrong-shape",
    ERROR,
    """A field has a list or a group where one value is expected, or the other way round.

Example: `owner: [Anna, Ben]`. Name one owner, and the others under `supporters`.""",
)
BAD_DATE = Rule(
    "PS023",
    "not-a-date",
    ERROR,
    """A date is incomplete or does not exist.

Dates are written year, month, day with hyphens, so that everybody reads them the same way.

Example: `due: 30/02/2025`. Write `due: 2025-02-28`.""",
)
BAD_NUMBER = Rule(
    "PS024",
    "not-a-number",
    ERROR,
    """A field that takes a number has something else, or a number out of its range.

Example: `target: about five`. Write `target: 5`.""",
)
BAD_INTERVAL = Rule(
    "PS025",
    "not-an-interval",
    ERROR,
    """An interval is not a number of days, weeks, months or years.

Example: `review_every: now and then`. Write `review_every: 6 weeks`.""",
)
BAD_URL = Rule(
    "PS026",
    "refused-address",
    ERROR,
    """An address is of a kind that may not be published.

Allowed are http, https and mailto, and files beside the plan.

Example: `url: javascript:…` is refused; `url: evidence/audit.pdf` is fine.""",
)
BAD_CHOICE = Rule(
    "PS027",
    "unknown-word",
    ERROR,
    """A field takes one of a few words, and this is not one of them.

Example: `priority: urgent`. Write `priority: high`.""",
)
UNKNOWN_STATUS = Rule(
    "PS028",
    "unknown-status",
    ERROR,
    """The status is a word that plansite does not know.

The statuses are not started, in progress, blocked, completed, embedded and cancelled; many other words
are understood too. Until it is known, the action counts as open.

Example: `status: nearly`. Write `status: in progress`.""",
)
TOO_DEEP = Rule(
    "PS030",
    "nested-too-deeply",
    ERROR,
    """The text nests lists or quotations more than 50 deep.

The rest of it cannot be formatted and is shown as plain text.

Example: start a new list in place of a list inside a list inside a list.""",
)
BAD_SLUG = Rule(
    "PS031",
    "unfit-file-name",
    ERROR,
    """The file's name does not work in an address or on every computer.

Names of devices (`con`, `nul`), dots or spaces at the end, and very long names fail on some computers.

Example: rename `con.md` to `contact-list.md`.""",
)
TWIN_FILES = Rule(
    "PS032",
    "twin-files",
    ERROR,
    """Two files differ only in capitals or in how an accent is stored, or they would have one address on the site.

On some computers they are the same file, and one would overwrite the other. `sub/door.md` and `sub-door.md` would have
one address, and so would `the door.md` and `the-door.md`.

Example: `Door.md` and `door.md`. Rename one.""",
)
BAD_READING = Rule(
    "PS033",
    "unreadable-reading",
    ERROR,
    """A line of a measure's CSV file is not a date and a number.

The columns are `date,value` or `date,n,d`.

Example: `2025-01-01,7`.""",
)
STRAY_FILE = Rule(
    "PS034",
    "stray-file",
    ERROR,
    """A Markdown file is in the wrong folder or has an unsuitable name. It is listed only under “Needs attention”.

Example: `content/plans/falls/door.md`. Move it to `content/plans/falls/actions/door.md`.""",
)
MISSING_SOURCE = Rule(
    "PS035",
    "missing-source",
    ERROR,
    """A folder named in `sources` does not exist, or has no files for its goals.

Example: check `path:` in `plansite.yaml`; it is relative to the folder of that file.""",
)
NEWER_FORMAT = Rule(
    "PS036",
    "newer-format",
    ERROR,
    """The site is written for a newer plansite than this one.

Example: install a newer plansite, or ask who set the `format` in `plansite.yaml`.""",
)
UNKNOWN_ZONE = Rule(
    "PS037",
    "unknown-time-zone",
    ERROR,
    """The time zone is not one that this computer knows.

Example: `timezone: London`. Write `timezone: Europe/London`.""",
)
NO_PLAN_FILE = Rule(
    "PS038",
    "plan-without-plan-file",
    ERROR,
    """A plan's folder has no `plan.md`.

Its actions are still shown, under the folder's name.

Example: add `plan.md` with a title, an objective and goals.""",
)

PARSE_RULES: tuple[Rule, ...] = (
    *(rule for rule in vars().values() if isinstance(rule, Rule)),
    *limits.LIMIT_RULES,
    *text_rules.TEXT_RULES,
    *setting_rules.SETTING_RULES,
)
RULES_BY_NAME = {rule.name: rule for rule in PARSE_RULES}
