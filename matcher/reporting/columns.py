"""The columns of the workbook's sheets: heading, width in characters, format."""

from __future__ import annotations

from matcher.reporting.sheets import Column

WORKLIST = (
    Column("column.number", 5, "centre"),
    Column("column.id", 9, "bold"),
    Column("column.title", 38),
    Column("column.state", 15),
    Column("column.best", 11, "centre"),
    Column("column.orientation_text", 46),
    Column("column.probability", 10, "percent"),
    Column("column.plan", 17),
    Column("column.duplicates", 18),
    Column("column.form", 20),
    Column("column.decision", 13, "entry"),
    Column("column.remarks", 16, "entry"),
    Column("column.problems", 26),
    Column("column.organisation", 22),
    Column("column.others", 13),
    Column("column.outside_probability", 12, "percent"),
    Column("column.reasons", 36),
)
#: Columns that go onto paper; those to the right are for the screen.
PRINTED_OF_WORKLIST, PRINTED_OF_MATCHES, PRINTED_OF_PROBLEMS, PRINTED_OF_ANNOUNCEMENT = 12, 10, 6, 6
MATCHES = (
    Column("column.id", 10, "bold"),
    Column("column.title", 28, "muted"),
    Column("column.rank", 6, "centre"),
    Column("column.orientation", 11, "centre"),
    Column("column.orientation_text", 48),
    Column("column.probability", 10, "percent"),
    Column("column.plan", 14),
    Column("column.plan_basis", 15),
    Column("column.words", 34),
    Column("column.uncovered", 34),
    Column("column.plan_date", 12, "centre"),
    Column("column.plan_title", 40),
    Column("column.plan_probability", 11, "percent"),
)
DUPLICATES = (
    Column("column.a", 12, "bold"),
    Column("column.a_title", 44),
    Column("column.b", 14, "bold"),
    Column("column.b_title", 44),
    Column("column.kind", 22),
    Column("column.duplicate_probability", 10, "percent"),
    Column("column.verdict", 12, "centre"),
    Column("column.where_from", 18),
    Column("column.reasons", 40),
    Column("column.cluster", 8, "centre"),
)
COVERAGE = (
    Column("column.orientation", 11, "bold"),
    Column("column.field", 24),
    Column("column.orientation_text", 56),
    Column("column.plan", 26),
    Column("column.aligned", 10, "number"),
    Column("column.uncertain", 10, "number"),
    Column("column.total", 10, "number"),
    Column("column.answered", 18),
    Column("column.examples", 36),
)
#: Members of a group that stand side by side in cells of their own; the others share one.
MEMBERS_SHOWN = 3
GROUPS = (
    Column("column.number", 6, "centre"),
    *(Column(f"column.member_{n}", 34) for n in range(1, MEMBERS_SHOWN + 1)),
    Column("column.other_members", 26),
    Column("column.past_tasks", 18),
    Column("column.duplicate_probability", 10, "percent"),
    Column("column.decision", 14, "entry"),
    Column("column.remarks", 20, "entry"),
)
PROBLEMS = (
    Column("column.severity", 24),
    Column("column.id", 12, "bold"),
    Column("column.message", 76),
    Column("column.where", 22),
    Column("column.file", 28),
    Column("column.row", 8, "centre"),
    Column("column.code", 24, "muted"),
)
ORIENTATIONS = (
    Column("column.orientation", 11, "bold"),
    Column("column.field", 22),
    Column("column.orientation_text", 60),
    Column("column.aspects", 50),
    Column("column.plan", 16),
    Column("column.plan_basis", 18),
    Column("column.plan_date", 12, "centre"),
    Column("column.plan_title", 44),
)
PLANS = (
    Column("column.plan", 17, "bold"),
    Column("column.plan_kind", 14),
    Column("column.plan_title", 64),
    Column("column.plan_issuer", 20),
    Column("column.plan_date", 12, "centre"),
    Column("column.plan_listed", 12, "centre"),
    Column("column.plan_bullets", 34),
    Column("column.plan_proposals", 10, "number"),
)
SUMMARY = (Column("legend.summary", 38, "bold"), Column("legend.result", 110))
LEGEND = (Column("legend.term", 38, "bold"), Column("legend.meaning", 110))
