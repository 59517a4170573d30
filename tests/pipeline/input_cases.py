"""Edits that change one input of a fingerprint each: of a plan's check, of its pages, or of the pages for all plans.

As far as possible nothing else that the same fingerprint is made of changes, so that only this input can tell that
something is stale.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from plansite.model.status import Audience
from plansite.pipeline.build import BuildResult
from plansite.pipeline.page_context import fingerprint_theme
from plansite.render.theme import load_theme
from tests.pipeline.builds import Files, Run, action, party, plan
from tests.pipeline.index_cases import BASE, FALLS, NIGHT

INTERNAL = Run()
PUBLIC = Run(audience=Audience.PUBLIC)
#: What an input was in a build of the site in a folder.
Value = Callable[[Path, BuildResult], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """An edit, or another way to ask for a build, that changes the input `name`; `value` takes it from a build."""

    name: str
    value: Value
    before: Files = field(default_factory=dict)
    edit: Files = field(default_factory=dict)
    run: Run = INTERNAL
    then: Run | None = None

    def __str__(self) -> str:
        """The name of the input."""
        return self.name


def _lean_marks(_: Path, made: BuildResult) -> object:
    return {slug: known.summary_fingerprint for slug, known in made.build.all_plans.items()}


def _key(_: Path, made: BuildResult) -> object:
    return made.build.all_plans["falls"].fingerprint


def _findings(_: Path, made: BuildResult) -> object:
    return [str(each) for each in made.findings]


def _settings(**fields: str) -> Files:
    named: Mapping[str, str] = {"title": "Test site", **fields}
    return {"plansite.yaml": "".join(f"{name}: {value}\n" for name, value in named.items())}


MEASURE = {f"{FALLS}/measures/rooms.md": plan("Warm rooms", unit="rooms")}
FRAMEWORK = {"content/frameworks/ours.yaml": "label: Ours\nstandards: [{id: lamps, label: Lamps}]\n"}
NOTE = "content/index.md"
HIDDEN = {
    f"{FALLS}/actions/a.md": action("Mend the lamp", owner="Porter, Kitchen"),
    "content/owners/porter.md": party("Porter", audience="internal"),
}
BROKEN = "See [the log](../../night/evidence/log.csv)."
INPUTS = [
    # What the check and the pages of one plan are made of.
    Input(
        name="the words of an action",
        value=_key,
        edit={f"{FALLS}/actions/a.md": action("Mend the lamp", "By the stairs.")},
    ),
    Input(
        name="the readings of a measure",
        value=_key,
        before={**MEASURE, f"{FALLS}/measures/rooms.csv": "date,value\n2025-01-05,3\n"},
        edit={f"{FALLS}/measures/rooms.csv": "date,value\n2025-01-05,4\n"},
    ),
    Input(
        name="the name of a standard in a framework of the site",
        value=lambda _, made: made.build.context.site.frameworks,
        before={**FRAMEWORK, f"{FALLS}/actions/a.md": action("Mend the lamp", standards="[ours/lamps]")},
        edit={"content/frameworks/ours.yaml": FRAMEWORK["content/frameworks/ours.yaml"].replace("Lamps", "Lights")},
    ),
    Input(
        name="the frameworks that are chosen",
        value=lambda _, made: made.build.context.site.settings.frameworks,
        before={f"{FALLS}/actions/a.md": action("Mend the lamp", standards="[safeguarding]")},
        edit=_settings(frameworks="[hsca-2014]"),
    ),
    Input(
        name="a waiver in an action",
        value=_key,
        before={f"{FALLS}/actions/a.md": action("Mend the lamp", owner="Portre")},
        edit={
            f"{FALLS}/actions/a.md": action(
                "Mend the lamp", owner="Portre", allow="[{rule: unknown-owner, reason: New here}]"
            )
        },
    ),
    Input(
        name="a waiver in the settings",
        value=lambda _, made: made.build.context.site.settings.allow,
        before={f"{FALLS}/actions/a.md": action("Mend the lamp", owner="Portre")},
        edit=_settings(allow="[{rule: unknown-owner, reason: New here}]"),
    ),
    Input(
        name="how an adopted folder is read",
        value=lambda _, made: made.build.all_plans["tracker"].fingerprint,
        before={**_settings(sources="[{path: tracker}]"), "tracker/t.md": "---\ntitle: Paint\nteam: Cook\n---\n"},
        edit=_settings(sources="[{path: tracker, fields: {owner: team}}]"),
    ),
    Input(
        name="the day",
        value=lambda _, made: made.build.context.today,
        before={f"{FALLS}/actions/a.md": action("Mend the lamp", due="2025-01-20")},
        then=Run(day=date(2025, 1, 21)),
    ),
    Input(
        name="the time zone of an instant",
        value=_key,
        before={
            f"{FALLS}/actions/a.md": action(
                "Mend the lamp", "## Progress\n- 2025-01-10T20:00Z: Rang.", due="2025-02-02T20:00:00Z"
            ),
            f"{FALLS}/measures/rooms.md": plan("Warm rooms", unit="rooms"),
            f"{FALLS}/measures/rooms.csv": "date,value\n2025-01-05T20:00Z,3\n",
            f"{FALLS}/reviews/r.md": plan("Review", date="2025-01-06 20:00 +00:00"),
        },
        edit=_settings(timezone="Asia/Tokyo"),
    ),
    Input(
        name="the settings",
        value=lambda _, made: made.build.context.site.settings,
        before={f"{FALLS}/actions/a.md": action("Mend the lamp", due="2025-01-24")},
        edit=_settings(due_soon="2"),
    ),
    Input(
        name="the readers of what is not marked, fewer than before",
        value=lambda _, made: made.build.context.site.settings.audience,
        before={**_settings(audience="public"), f"{FALLS}/plan.md": plan("Falls", owner="Cook")},
        edit=_settings(audience="internal"),
        run=PUBLIC,
    ),
    Input(
        name="the readers of what is not marked, more than before",
        value=lambda _, made: made.build.context.site.settings.audience,
        before={**_settings(audience="internal"), f"{FALLS}/plan.md": plan("Falls", owner="Cook")},
        edit=_settings(audience="public"),
        run=PUBLIC,
    ),
    Input(
        name="names that are hidden",
        value=lambda _, made: made.build.context.audience_filter.hidden_names.names,
        before={
            "content/owners/porter.md": party("Porter", audience="internal"),
            f"{FALLS}/actions/a.md": action("Mend the lamp", owner="Night Lead"),
        },
        edit={"content/owners/night-lead.md": party("Night Lead", audience="internal")},
        run=PUBLIC,
    ),
    Input(
        name="names like hidden ones that are shown",
        value=lambda _, made: made.build.context.audience_filter.hidden_names.visible_names,
        before=HIDDEN,
        edit={"content/owners/kitchen.md": party("Porter, Kitchen", audience="public")},
        run=PUBLIC,
    ),
    Input(
        name="the readers of whom it is told what they do not see",
        value=lambda _, made: made.build.context.reported_filters,
        before={
            **_settings(audiences="[internal, public]"),
            f"{NIGHT}/actions/c.md": action("Leave the lights on", audience="internal"),
        },
        edit=_settings(audiences="[internal, partners, public]"),
    ),
    Input(
        name="a template of the theme",
        value=lambda root, _: fingerprint_theme(load_theme(root, "default")),
        before={"themes/default/templates/pages/not_found.html": "Gone."},
        edit={"themes/default/templates/pages/not_found.html": "Not here."},
    ),
    Input(
        name="the names of the theme's static files",
        value=lambda root, _: sorted(load_theme(root, "default").static_files()),
        edit={"themes/default/static/own.css": ":root { --s1: 5px; }\n"},
    ),
    Input(
        name="the bytes of a static file",
        value=lambda root, _: (root / "themes/default/static/own.css").read_bytes(),
        before={"themes/default/static/own.css": ":root { --s1: 5px; }\n"},
        edit={"themes/default/static/own.css": ":root { --s1: 6px; }\n"},
    ),
    Input(
        name="whether the day is pinned",
        value=lambda _, made: made.renderer.context.fingerprint,
        before=_settings(today="2025-01-20"),
        run=Run(day=None),
        then=Run(),
    ),
    Input(
        name="the earlier state that is shown",
        value=lambda _, made: made.renderer.context.fingerprint,
        then=Run(stood="1" * 40),
    ),
    # What the pages for all plans are made of besides.
    Input(
        name="a plan in lists",
        value=_lean_marks,
        edit={f"{FALLS}/actions/a.md": action("Mend the lamps")},
    ),
    Input(
        name="the front page",
        value=lambda _, made: made.build.context.site.front_page,
        before={NOTE: plan("Welcome", "Hello.")},
        edit={NOTE: plan("Welcome", "Good day.")},
    ),
    Input(
        name="a saved view",
        value=lambda _, made: made.build.context.site.settings.views,
        before={**_settings(views="[{name: All}]"), f"{FALLS}/actions/a.md": action("Mend the lamp", tags="[urgent]")},
        edit=_settings(views="[{name: All, description: For Monday}]"),
    ),
    Input(
        name="how far ahead a saved view looks",
        value=lambda _, made: made.renderer.context.fingerprint,
        before={
            **_settings(views="[{name: All, filter: {due_within: 30}}]"),
            f"{FALLS}/actions/a.md": action("Mend the lamp", due="2025-02-28"),
        },
        edit=_settings(views="[{name: All, filter: {due_within: 20}}]"),
    ),
    Input(
        name="the owners",
        value=lambda _, made: made.build.context.site.owners,
        edit={"content/owners/cook.md": party("Cook", "In the kitchen from seven.", audience="public")},
    ),
    Input(
        name="the agencies",
        value=lambda _, made: made.build.context.site.agencies,
        edit={"content/agencies/clinic.md": party("Clinic", "Open on Mondays.", audience="public")},
    ),
    Input(
        name="an owner's file that cannot be read",
        value=lambda _, made: made.build.context.site.unreadable,
        before={"content/owners/new.md": "no front matter"},
        edit={"content/owners/new.md": "no front matter yet"},
    ),
    Input(
        name="the files beside the content",
        value=lambda _, made: made.build.context.site.files,
        before={NOTE: plan("Welcome", "See [the log](plans/falls/evidence/log.csv).", audience="public")},
        edit={f"{FALLS}/evidence/log.csv": "a,b\n"},
        run=PUBLIC,
    ),
    Input(
        name="the bytes of a file beside the content",
        value=lambda root, _: (root / f"{FALLS}/evidence/log.csv").read_bytes(),
        before={
            NOTE: plan("Welcome", "See [the log](plans/falls/evidence/log.csv).", audience="public"),
            f"{FALLS}/evidence/log.csv": "a,b\n",
        },
        edit={f"{FALLS}/evidence/log.csv": "a,c\n"},
    ),
    Input(
        name="the findings, after a link is mended",
        value=_findings,
        before={f"{FALLS}/actions/a.md": action("Mend the lamp", BROKEN)},
        edit={f"{FALLS}/actions/a.md": action("Mend the lamp", "See [the plan](../../night/plan.md).")},
    ),
    Input(
        name="the findings, after a link is broken",
        value=_findings,
        before={f"{FALLS}/actions/a.md": action("Mend the lamp", "See [the plan](../../night/plan.md).")},
        edit={f"{FALLS}/actions/a.md": action("Mend the lamp", BROKEN)},
    ),
    Input(
        name="how much is left out for others",
        value=lambda _, made: [each.left_out for each in made.build.all_plans.values()],
        before={f"{NIGHT}/actions/c.md": action("Leave the lights on", "Until six.")},
        edit={f"{NIGHT}/actions/c.md": action("Leave the lights on", "Until six.\n\n::: internal\nOr seven.\n:::\n")},
    ),
]
#: The site that every case begins with.
START = BASE
