"""The keys of the styles of a Word document, and the measures of its page."""

from __future__ import annotations

NORMAL, TITLE, SUBTITLE = "Normal", "Title", "Subtitle"
HEADINGS = ("Heading1", "Heading2", "Heading3")
#: The heading of a plan that follows another, on a new page.
NEXT_PLAN = "NextPlanHeading"
OBJECTIVE, FACTS, GOAL_FACTS, LEGEND = "Objective", "Facts", "GoalFacts", "Legend"
QUOTE, CODE_BLOCK = "Quote", "CodeBlock"
LIST_BULLET, LIST_NUMBER = "ListBullet", "ListNumber"
TABLE_HEADING, TABLE_TEXT, ACTION_TITLE, STEP = "TableHeading", "TableText", "ActionTitle", "Step"
#: The heading of a goal, below which its actions are; and what plansite works out itself, in cells of the register.
GOAL, REGISTER_NOTE = "GoalHeading", "RegisterNote"
GOAL_NAME, REGISTER_NOTE_NAME = "Goal heading", "Register note"
HEADER, FOOTER = "Header", "Footer"
#: Styles for characters.
STRONG, EMPHASIS, CODE, LINK = "Strong", "Emphasis", "Code", "Hyperlink"
LATE, AT_RISK, ON_TRACK, PROOF = "Late", "AtRisk", "OnTrack", "Proof"
#: The style of tables.
REGISTER_TABLE = "Register"

LANGUAGE = "en-GB"
#: A4 sideways and its margins, in twentieths of a point, as all lengths.
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 16_838, 11_906, 850
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN
#: How far each level of a list is to the right of the one before it.
LIST_INDENT = 340
#: The fill of the head of a table and of shaded rows.
TINT = "F2F0EA"
