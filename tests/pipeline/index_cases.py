"""Edits that change what one plan looked up in a table of the cross-plan index, without touching that plan's files.

As far as possible no other answer changes, so that only this table can tell that something is stale.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.pipeline.builds import Files, action, party, plan

FALLS, FOOD, NIGHT = (f"content/plans/{each}" for each in ("falls", "food", "night"))
BASE: Files = {
    f"{FALLS}/plan.md": plan("Falls", owner="Cook", audience="public"),
    f"{FALLS}/actions/a.md": action("Mend the lamp"),
    f"{FOOD}/plan.md": plan("Food", owner="Cook", audience="public"),
    f"{FOOD}/actions/b.md": action("Buy fruit"),
    f"{NIGHT}/plan.md": plan("Night", owner="Cook", audience="public"),
    f"{NIGHT}/actions/c.md": action("Leave the lights on"),
    "content/owners/cook.md": party("Cook", audience="public"),
    "content/owners/porter.md": party("Porter", audience="public"),
    "content/agencies/council.md": party("Council", audience="public"),
    "content/agencies/clinic.md": party("Clinic", audience="public"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An edit that changes what `slug` was told by `table`.

    `checked` and `drawn` are all tables whose answers change for the check of that plan and for its pages.
    """

    name: str
    before: Files
    edit: Files
    table: str
    slug: str = "falls"
    checked: tuple[str, ...] = ()
    drawn: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The table and what is done."""
        return f"{self.table}: {self.name}"


ON_NIGHT = {f"{FALLS}/actions/a.md": action("Mend the lamp", depends_on="[night/c]")}
AGENCY = {f"{FALLS}/plan.md": plan("Falls", owner="Cook", audience="public", agencies="[council]")}
UNKNOWN = {f"{FALLS}/actions/a.md": action("Mend the lamp", owner="Portre")}
LINK = {f"{FALLS}/actions/a.md": action("Mend the lamp", "See [the log](../../night/evidence/log.csv).")}
CASES = [
    Case(
        name="an owner's file gives another title",
        before={},
        edit={"content/owners/cook.md": party("The Cook", audience="public")},
        table="people",
        checked=("declared people",),
        drawn=("people",),
    ),
    Case(
        name="an owner's file goes",
        before={},
        edit={"content/owners/cook.md": None},
        table="declared people",
        checked=("declared people",),
        drawn=("people",),
    ),
    Case(
        name="an agency's file goes",
        before=AGENCY,
        edit={"content/agencies/council.md": None},
        table="agency slugs",
        checked=("agency slugs",),
        drawn=("people", "people agencies"),
    ),
    Case(
        name="the first owner's file comes",
        before={"content/owners/cook.md": None, "content/owners/porter.md": None},
        edit={"content/owners/porter.md": party("Porter")},
        table="has_owners",
    ),
    Case(
        name="the first agency's file comes",
        before={**AGENCY, "content/agencies/council.md": None, "content/agencies/clinic.md": None},
        edit={"content/agencies/clinic.md": party("Clinic")},
        table="has_agencies",
    ),
    Case(
        name="the action waited for gets another title",
        before=ON_NIGHT,
        edit={f"{NIGHT}/actions/c.md": action("Leave the lamps on")},
        table="actions",
        checked=("actions",),
        drawn=("actions", "plans"),
    ),
    Case(
        name="the action waited for is cancelled",
        before=ON_NIGHT,
        edit={f"{NIGHT}/actions/c.md": action("Leave the lights on", status="cancelled")},
        table="actions",
        checked=("actions",),
        drawn=("actions", "plans"),
    ),
    Case(
        name="the action waited for goes",
        before=ON_NIGHT,
        edit={f"{NIGHT}/actions/c.md": None},
        table="actions",
        checked=("actions",),
        drawn=("actions", "plans"),
    ),
    Case(
        name="the action waited for comes",
        before={f"{FALLS}/actions/a.md": action("Mend the lamp", depends_on="[night/d]")},
        edit={f"{NIGHT}/actions/d.md": action("Buy lamps")},
        table="actions",
        checked=("actions", "suggestion names"),
        drawn=("actions",),
    ),
    Case(
        name="a number goes to another file of the same bytes",
        before={
            f"{FALLS}/actions/a.md": action("Mend the lamp", depends_on="[night/7]"),
            f"{NIGHT}/actions/c.md": action("Leave the lights on", ref='"7"'),
        },
        edit={
            f"{NIGHT}/actions/c.md": None,
            f"{NIGHT}/actions/e.md": action("Leave the lights on", ref='"7"'),
        },
        table="actions",
        checked=("actions",),
        drawn=("actions", "plans"),
    ),
    Case(
        name="the plan of the action waited for gets another title",
        before=ON_NIGHT,
        edit={f"{NIGHT}/plan.md": plan("At night", owner="Cook", audience="public")},
        table="plans",
        drawn=("plans",),
    ),
    Case(
        name="another plan's action is the first to wait for this one",
        before={},
        edit={f"{NIGHT}/actions/c.md": action("Leave the lights on", depends_on="[falls/a]")},
        table="dependents",
        drawn=("dependents",),
    ),
    Case(
        name="another plan's action is the last that waited for this one",
        before={f"{NIGHT}/actions/c.md": action("Leave the lights on", depends_on="[falls/a]")},
        edit={f"{NIGHT}/actions/c.md": action("Leave the lights on")},
        table="dependents",
        drawn=("dependents", "plans"),
    ),
    Case(
        name="an action that waits gets another title",
        before={f"{NIGHT}/actions/c.md": action("Leave the lights on", depends_on="[falls/a]")},
        edit={f"{NIGHT}/actions/c.md": action("Leave the lamps on", depends_on="[falls/a]")},
        table="dependents",
        drawn=("dependents", "plans"),
    ),
    Case(
        name="an action that waits goes by another file name",
        before={f"{NIGHT}/actions/c.md": action("Leave the lights on", depends_on="[falls/a]")},
        edit={
            f"{NIGHT}/actions/c.md": None,
            f"{NIGHT}/actions/e.md": action("Leave the lights on", depends_on="[falls/a]"),
        },
        table="dependents",
        drawn=("dependents", "plans"),
    ),
    Case(
        name="the file of an owner who is named comes, and cannot be read",
        before={f"{FALLS}/actions/a.md": action("Mend the lamp", owner="Night Lead")},
        edit={"content/owners/night-lead.md": "no front matter"},
        table="unreadable",
        checked=("unreadable", "hidden names"),
    ),
    Case(
        name="somebody whom a text names is marked for fewer readers",
        before={f"{FALLS}/actions/a.md": action("Mend the lamp", "Ask the Porter.")},
        edit={"content/owners/porter.md": party("Porter", audience="internal")},
        table="hidden names",
        checked=("hidden names",),
    ),
    Case(
        name="an action that may be the one meant cannot be read",
        before={f"{FALLS}/actions/a.md": action("Mend the lamp", depends_on="[night/x]")},
        edit={f"{NIGHT}/actions/d.md": "no front matter"},
        table="plans with unreadable actions",
        checked=("plans with unreadable actions",),
    ),
    Case(
        name="an action of another plan claims the same old address",
        before={f"{FALLS}/actions/a.md": action("Mend the lamp", aliases="[gate]")},
        edit={f"{NIGHT}/actions/d.md": action("Hang the gate", aliases="[falls/Gate]")},
        table="address holders",
        checked=("address holders",),
    ),
    Case(
        name="an action of another plan claims the old address that the identifier of an event has",
        before={
            "plansite.yaml": "title: Test site\ndownloads: [calendars]\n",
            f"{FALLS}/actions/a.md": action("Mend the lamp", aliases="[gate]", due="2025-02-03"),
        },
        edit={f"{NIGHT}/actions/d.md": action("Hang the gate", aliases="[falls/Gate]")},
        table="address holders",
        checked=("address holders",),
        drawn=("address holders",),
    ),
    Case(
        name="a file gives a name that is near the one meant",
        before=UNKNOWN,
        edit={"content/owners/porter.md": party("Portree", audience="public")},
        table="suggestion names",
        checked=("suggestion names",),
    ),
    Case(
        name="an agency's name is near the one meant",
        before={f"{FALLS}/plan.md": plan("Falls", owner="Cook", audience="public", agencies="[cuoncil]")},
        edit={
            "content/agencies/clinic.md": party("Cuoncil of all", audience="public"),
            "content/agencies/council.md": None,
        },
        table="suggestion names",
        checked=("suggestion names",),
    ),
    Case(
        name="an action's name is near the one meant",
        before={f"{FALLS}/actions/a.md": action("Mend the lamp", depends_on="[food/bananas]")},
        edit={f"{FOOD}/actions/banana.md": action("Buy bananas")},
        table="suggestion names",
        checked=("suggestion names",),
    ),
    Case(
        name="a file's name is near the one that a link leads to",
        before={f"{FALLS}/actions/a.md": action("Mend the lamp", "See [the log](../../night/evidence/lgo.csv).")},
        edit={f"{NIGHT}/evidence/log.csv": "a,b\n"},
        table="suggestion names",
        checked=("suggestion names",),
    ),
    Case(
        name="there is hidden content in a file that a link leads to",
        before={**LINK, f"{NIGHT}/evidence/log.csv": "a,b\n"},
        edit={f"{NIGHT}/evidence/log.csv": "PK\x03\x04"},
        table="file reports",
        checked=("file reports",),
    ),
    Case(
        name="a link leads nowhere any more",
        before={**LINK, f"{NIGHT}/evidence/log.csv": "a,b\n"},
        edit={f"{NIGHT}/evidence/log.csv": None},
        table="page addresses",
        checked=("page addresses",),
        drawn=("page addresses",),
    ),
    Case(
        name="the file that a link leads to comes",
        before=LINK,
        edit={f"{NIGHT}/evidence/log.csv": "a,b\n"},
        table="page addresses",
        checked=("page addresses", "path twins", "suggestion names"),
        drawn=("page addresses", "path twins"),
    ),
    Case(
        name="a file whose name differs in capitals comes",
        before=LINK,
        edit={f"{NIGHT}/evidence/LOG.csv": "a,b\n"},
        table="path twins",
        checked=("path twins", "suggestion names"),
        drawn=("path twins",),
    ),
    Case(
        name="a heading that a link leads to gets other words",
        before={
            f"{FALLS}/actions/a.md": action("Mend the lamp", "See [the drill](../../food/actions/b.md#drill)."),
            f"{FOOD}/actions/b.md": action("Buy fruit", "## Drill\nA small one.\n"),
        },
        edit={f"{FOOD}/actions/b.md": action("Buy fruit", "## Saw\nA small one.\n")},
        table="anchors",
        checked=("anchors",),
        drawn=("anchors",),
    ),
    Case(
        name="three plans come to wait for each other",
        before={
            f"{FALLS}/actions/a.md": action("Mend the lamp", depends_on="[food/b]"),
            f"{NIGHT}/actions/c.md": action("Leave the lights on", status="completed", depends_on="[falls/a]"),
        },
        edit={f"{FOOD}/actions/b.md": action("Buy fruit", depends_on="[night/c]")},
        table="dependency cycles",
        slug="night",
        checked=("dependency cycles",),
        drawn=("dependents",),
    ),
]
