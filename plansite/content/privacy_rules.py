"""The rules about personal data and passages. Their findings give place and kind, never the text itself."""

from __future__ import annotations

from collections.abc import Mapping

from plansite.model.findings import Level, Rule
from plansite.personal_data.matches import PersonalDataKind

NHS_NUMBER = Rule(
    "PS901",
    "nhs-number",
    Level.ERROR,
    """This looks like an NHS number.

Anybody who can read the plan could look the person up. The number belongs in the care record. It is recognised by a
word such as "NHS" beside it, or by groups of three, three and four digits with the right check digit. The numbers
of Scotland (CHI) and Northern Ireland (H&C) are found as well.

Example: `NHS no. 999 123 4578`. Write "the person", or a number of your own that means nothing elsewhere.""",
)
POSSIBLE_NHS_NUMBER = Rule(
    "PS902",
    "possible-nhs-number",
    Level.WARNING,
    """These ten digits could be an NHS number.

One in eleven numbers of ten digits has the right check digit by chance, so this may be an order or a reference. A
number that is called an NHS number but has the wrong check digit is reported too, because it may be mistyped.

Example: `9991234578`. If it is an order number, say so: `order 9991234578`.""",
)
INSURANCE_NUMBER = Rule(
    "PS903",
    "national-insurance-number",
    Level.ERROR,
    """This looks like a National Insurance number.

It could be used to make claims in the person's name, and an action does not need it.

Example: `MW 12 34 56 A`. Write "her National Insurance number is in the care record".""",
)
DATE_OF_BIRTH = Rule(
    "PS904",
    "date-of-birth",
    Level.ERROR,
    """This looks like a date of birth.

A date of birth and a place often identify somebody. An age will usually do.

Example: `DOB 3/4/1952`. Write "in her seventies".""",
)
POSTCODE = Rule(
    "PS905",
    "postcode",
    Level.WARNING,
    """This looks like a full postcode.

A postcode is shared by about fifteen homes. If it is the person's, it shows where they live. For an office you can set
the rule aside.

Example: `SW1A 1AA`. Write the town, or the first half: `SW1A`.""",
)
TELEPHONE_NUMBER = Rule(
    "PS906",
    "telephone-number",
    Level.WARNING,
    """This looks like a personal telephone number.

Numbers of services (03, 08 and 09) are not reported, and neither are the fields for contacts: `telephone` of an
owner or an agency, and `contact` in a plan's protocol or the settings.

Example: "ring her daughter on 07700 900123". Write "ring her daughter; the number is in the care record".""",
)
PERSONAL_EMAIL = Rule(
    "PS907",
    "personal-email",
    Level.WARNING,
    """This looks like a personal e-mail address, with a provider such as Gmail or Hotmail.

It often belongs to a relative, or to a colleague who should not use it for work. It is reported everywhere, including
for owners and agencies.

Example: `email: duty.team@gmail.com`. Write the work address.""",
)
LISTED_NAME = Rule(
    "PS908",
    "listed-name",
    Level.ERROR,
    """This is a name from the list that you gave to `plansite check --names`.

The list has the names that must not be in a plan. It is kept outside the site and its repository.

Example: write "the person", or the initials that you agreed.""",
)

RULE_BY_KIND: Mapping[PersonalDataKind, Rule] = {
    PersonalDataKind.NHS_NUMBER: NHS_NUMBER,
    PersonalDataKind.POSSIBLE_NHS_NUMBER: POSSIBLE_NHS_NUMBER,
    PersonalDataKind.INSURANCE_NUMBER: INSURANCE_NUMBER,
    PersonalDataKind.DATE_OF_BIRTH: DATE_OF_BIRTH,
    PersonalDataKind.POSTCODE: POSTCODE,
    PersonalDataKind.TELEPHONE_NUMBER: TELEPHONE_NUMBER,
    PersonalDataKind.PERSONAL_EMAIL: PERSONAL_EMAIL,
    PersonalDataKind.LISTED_NAME: LISTED_NAME,
}
PERSONAL_DATA_RULES: tuple[Rule, ...] = tuple(RULE_BY_KIND.values())
_CODES = frozenset(rule.code for rule in PERSONAL_DATA_RULES)

#: The words for each kind in findings, which quote nothing of the text.
DESCRIPTION_BY_KIND: Mapping[PersonalDataKind, str] = {
    PersonalDataKind.NHS_NUMBER: "looks like an NHS number",
    PersonalDataKind.POSSIBLE_NHS_NUMBER: "could be an NHS number",
    PersonalDataKind.INSURANCE_NUMBER: "looks like a National Insurance number",
    PersonalDataKind.DATE_OF_BIRTH: "looks like a date of birth",
    PersonalDataKind.POSTCODE: "looks like a full postcode",
    PersonalDataKind.TELEPHONE_NUMBER: "looks like a personal telephone number",
    PersonalDataKind.PERSONAL_EMAIL: "looks like a personal e-mail address",
    PersonalDataKind.LISTED_NAME: "is a name from your list",
}


def is_personal_data_rule(rule: Rule) -> bool:
    """Whether a rule is one of these; an exception from them must have a last day."""
    return rule.code in _CODES


UNCLEAR_PASSAGE = Rule(
    "PS039",
    "unclear-passage",
    Level.ERROR,
    """A passage for some readers has no clear beginning or end, is in a field, or names an unknown audience.

Such a passage is hidden rather than shown. If it is not clear which lines were meant, the whole text is hidden.
A copy for partners or the public is not published until it is clear, except with `--lenient`.

Example: a line `::: internal` with no line `:::` below it. Put `:::` on a line of its own where the passage ends.""",
    stops_narrower_build=True,
)
UNCLEAR_MARK = Rule(
    "PS040",
    "unclear-mark",
    Level.ERROR,
    """Something looks like a mark that says who may see a file or an entry, but it cannot be understood.

Until it is corrected, only internal readers see anything it may have been meant for. A copy for partners or the public
is not published until then, except with `--lenient`.

A mark of another program counts as well, such as `private: true`, and so does a mark in the text below the fields.

Example: `audiance: internal`, `{label: Photographs, audience:internal}`, two lines `audience:`, `visibility: staff`, or
a file of an owner in `content/onwers/`. Write `audience: internal`, and put the file into `content/owners/`.""",
    stops_narrower_build=True,
)
MARK_RULES = (UNCLEAR_PASSAGE, UNCLEAR_MARK)
