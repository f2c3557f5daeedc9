"""The columns of the tables that a run gives to pandas: name, type and meaning, in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `dtype` is pandas' name: "string", "Int64", "float64" or "boolean".

    What is not known is missing (`pandas.NA`, in float64 NaN), never 0 or an empty text.
    """

    name: str
    dtype: str
    meaning: str


#: One row a proposal.
PROPOSALS = (
    Column("id", "string", "The proposal's id, distinct within the run."),
    Column("title", "string", "Title (tên nhiệm vụ)."),
    Column("source_file", "string", "File it was read from."),
    Column("source_row", "Int64", "Row of its table; 1 is the table's first line."),
    Column("status", "string", "How its reading ended: ok, partial or failed."),
    Column("state", "string", "aligned, uncertain, outside or invalid."),
    Column("outside_probability", "float64", "Chance that no orientation covers it."),
    Column("best_orientation", "string", "Id of the likeliest orientation."),
    Column("probability", "float64", "Chance that an officer would call that orientation relevant."),
    Column("field", "Int64", "Number of that orientation's field."),
    Column("field_name", "string", "Name of the field, where the announcement is known."),
    Column("plan", "string", "Number of the plan behind that orientation."),
    Column("plan_basis", "string", "How the orientation is tied to it: explicit, inherited, inline, unresolved, none."),
    Column("relevant_orientations", "Int64", "Orientations more likely relevant than not."),
    Column("organisation", "string", "Organisation as written, without persons."),
    Column("organisation_key", "string", "What spellings of one organisation have in common; the first one named."),
    Column("place", "string", "Place (địa bàn) as written."),
    Column("district", "string", "District before July 2025, official name; several are joined by «; »."),
    Column("province", "string", "Its province before July 2025, short name; joined alike."),
    Column("province_now", "string", "The province since July 2025, short name; joined alike."),
    Column("year", "Int64", "Year of the round, else the year that the proposal names."),
    Column("stated_year", "Int64", "Year that the proposal names."),
    Column("budget_vnd", "Int64", "Budget in đồng, of the form or the column of budgets."),
    Column("months", "Int64", "Duration in months, of the form."),
    Column("pages", "Int64", "Pages of the file."),
    Column("duplicates_in_round", "Int64", "Proposals of the round that count as its duplicates."),
    Column("duplicates_in_register", "Int64", "Past tasks that count as its duplicates."),
    Column("form_problems", "Int64", "Problems of the form."),
    Column("form_problem_codes", "string", "Their distinct codes, sorted, joined by «; »."),
)
#: One row a proposal and orientation.
MATCHES = (
    Column("id", "string", "The proposal's id."),
    Column("rank", "Int64", "1 is the likeliest orientation."),
    Column("orientation", "string", "Id of the orientation."),
    Column("field", "Int64", "Number of its field."),
    Column("probability", "float64", "Chance that an officer would call it relevant."),
    Column("plan", "string", "Number of the plan behind it."),
    Column("plan_basis", "string", "How it is tied to it."),
    Column("plan_probability", "float64", "Chance that the plan is a basis of the proposal."),
    Column("score_dense", "float64", "Likeness of meaning."),
    Column("score_lexical", "float64", "Likeness of wording."),
    Column("score_plan", "float64", "Likeness to the plan's title."),
)
#: One row a proposal and plan.
PLANS = (
    Column("id", "string", "The proposal's id."),
    Column("rank", "Int64", "1 is the likeliest plan."),
    Column("plan", "string", "Number of the plan; missing where nothing ties the orientations to one."),
    Column("probability", "float64", "Chance that the plan is a basis of the proposal."),
    Column("orientations", "string", "Ids of the orientations that speak for it, joined by «; »."),
)
#: One row a pair, each once.
DUPLICATES = (
    Column("a", "string", "Id of the proposal that comes first in the input."),
    Column("b", "string", "Id of the other proposal, or of the past task."),
    Column("source", "string", "Where b is from: batch or register."),
    Column("kind", "string", "identical, revised, same_work, overlap or same_method_elsewhere."),
    Column("probability", "float64", "Chance that the two are duplicates."),
    Column("counts", "boolean", "Whether it counts as a duplicate: likely enough, and not the same method elsewhere."),
    Column("cluster", "string", "Id of the group of duplicates that the pair belongs to."),
    Column("main_reason", "string", "The part that pushes most towards it, in words."),
)
#: One row a problem of a form or of the reading.
PROBLEMS = (
    Column("id", "string", "The proposal's id."),
    Column("of", "string", "What it is about: form or reading."),
    Column("code", "string", "Code of the problem (`item_missing`, …)."),
    Column("item", "Int64", "Number of the form's item."),
    Column("severity", "string", "How grave, as the check of forms says."),
    Column("message", "string", "The problem in words."),
    Column("where", "string", "Where it is."),
)
#: All tables by name.
COLUMNS: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {"proposals": PROPOSALS, "matches": MATCHES, "plans": PLANS, "duplicates": DUPLICATES, "problems": PROBLEMS}
)
