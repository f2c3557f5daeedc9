"""All rules, in the order in which their findings are shown: code → the function that checks it.

To find a rule, follow its function; its docstring says what it flags. `docs/checks.md` lists the codes for readers.
"""

from __future__ import annotations

from types import MappingProxyType

from matcher.checking.case import Rule
from matcher.checking.content import (
    budget_missing,
    commitment_missing,
    contact_incomplete,
    duration_missing,
    no_application_address,
    no_measurable_product,
)
from matcher.checking.grounds import plan_unknown, plan_unlisted, plan_wrong_date
from matcher.checking.items import item_empty, item_hint_left, item_missing
from matcher.checking.limits import after_deadline, date_unlikely, over_page_limit
from matcher.checking.plausible import budget_unlikely, duration_unlikely, title_not_a_task, title_too_long
from matcher.checking.provinces import off_province_object
from matcher.checking.sources import figures_without_source

RULES: MappingProxyType[str, Rule] = MappingProxyType(
    {
        # the form as a whole
        "over_page_limit": over_page_limit,
        "after_deadline": after_deadline,
        "date_unlikely": date_unlikely,
        # its items
        "item_missing": item_missing,
        "item_empty": item_empty,
        "item_hint_left": item_hint_left,
        # what they must say
        "plan_wrong_date": plan_wrong_date,
        "plan_unknown": plan_unknown,
        "plan_unlisted": plan_unlisted,
        "figures_without_source": figures_without_source,
        "no_measurable_product": no_measurable_product,
        "no_application_address": no_application_address,
        "duration_missing": duration_missing,
        "budget_missing": budget_missing,
        "contact_incomplete": contact_incomplete,
        "commitment_missing": commitment_missing,
        # to know of
        "off_province_object": off_province_object,
        "title_too_long": title_too_long,
        "title_not_a_task": title_not_a_task,
        "duration_unlikely": duration_unlikely,
        "budget_unlikely": budget_unlikely,
    }
)
CODES = tuple(RULES)
