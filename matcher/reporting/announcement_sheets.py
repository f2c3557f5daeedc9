"""The workbook's sheets that speak of the announcement and of the run as a whole: coverage, bullets, plans, legend."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from matcher.records import Orientation
from matcher.reporting.columns import LEGEND
from matcher.reporting.sheets import Cell, Sheet, Styled
from matcher.reporting.wording import Wording, one_line, percent


def add_coverage(sheet: Sheet, wording: Wording, bullet: Callable[[str], Cell]) -> None:
    """Write a row for every orientation with the proposals that answer it; `bullet` links to its text."""
    report, t = wording.report, wording.t
    for orientation in report.announcement.orientations:
        covered = report.summary.coverage[orientation.id]
        answered = t("coverage.answered" if covered.total else "coverage.unanswered")
        number, basis, _, _ = _plan_cells(orientation, wording)
        more = "…" if covered.total > len(covered.examples) else ""
        sheet.add(
            [
                bullet(orientation.id),
                wording.fields.get(orientation.field, ""),
                one_line(orientation.text),
                f"{number} ({basis})" if number else basis,
                covered.aligned,
                covered.uncertain,
                covered.total,
                answered if covered.total else Styled(answered, "warning"),
                ", ".join(one_line(name) for _, name in covered.examples) + more,
            ]
        )


def add_coverage_total(sheet: Sheet, wording: Wording) -> None:
    """Write what the coverage adds up to, and what counts for no orientation."""
    summary = wording.report.summary
    covered = summary.coverage.values()
    sheet.total(
        [
            wording.t("column.total"),
            None,
            wording.coverage_line(),
            None,
            sum(each.aligned for each in covered),
            sum(each.uncertain for each in covered),
            sum(each.total for each in covered),
            f"{summary.answered}/{len(covered)} {wording.t('coverage.answered')}",
            wording.left_out_line(),
        ]
    )


def add_orientations(sheet: Sheet, wording: Wording) -> None:
    """Write the announcement's orientations with their aspects and plans."""
    for orientation in wording.report.announcement.orientations:
        aspects = "\n".join(f"• {one_line(aspect)}" for aspect in orientation.aspects)
        field = wording.fields.get(orientation.field, "")
        sheet.add([orientation.id, field, one_line(orientation.text), aspects, *_plan_cells(orientation, wording)])


def add_plans(sheet: Sheet, wording: Wording) -> None:
    """Write the plans with the orientations that cite them and the proposals that rest on them."""
    announcement, t = wording.report.announcement, wording.t
    for plan in announcement.plans:
        bullets = [each.id for each in announcement.orientations if plan.id in {c.plan for c in each.citations}]
        sheet.add(
            [
                one_line(plan.id),
                one_line(plan.kind),
                one_line(plan.title),
                one_line(plan.issuer),
                wording.day(plan.date),
                t("says.yes" if plan.listed else "says.no"),
                ", ".join(bullets),
                wording.report.summary.plans.get(plan.id, 0),
            ]
        )


def add_legend(sheet: Sheet, wording: Wording) -> None:
    """Write the run's summary and, below it, what every term means."""
    for term, meaning in _summary_rows(wording):
        sheet.add([term, meaning])
    if warning := wording.incomplete_line():
        sheet.add([Styled(wording.t("sheet.problems"), "warning"), Styled(warning, "warning")])
    sheet.next_row += 1
    sheet.heading(LEGEND)
    for term, meaning in wording.legend():
        sheet.add([term, meaning])


def _plan_cells(orientation: Orientation, wording: Wording) -> tuple[str, str, str, str]:
    """Return number, basis in words, date and title of an orientation's plan."""
    plan, basis = wording.report.announcement.plan_of(orientation)
    cited = orientation.main_citation
    number = plan.id if plan else cited.plan if cited else ""
    day, title = (wording.day(plan.date), one_line(plan.title)) if plan else ("", "")
    return one_line(number), wording.basis_words(basis), day, title


def _summary_rows(wording: Wording) -> Iterator[tuple[str, str]]:
    t, report = wording.t, wording.report
    manifest, total = report.manifest, max(report.summary.total, 1)
    yield t("sheet.announcement"), wording.announcement_line()
    yield t("column.total"), t("says.totals", total=t.count(report.summary.total))
    for kind, number in wording.counts():
        yield t(f"state.{kind}"), f"{t.count(number)} ({percent(number / total)})"
    yield t("sheet.coverage"), wording.coverage_line()
    duplicated = t("says.duplicated", n=t.count(report.summary.duplicated))
    yield t("sheet.duplicates"), f"{duplicated}. {wording.registers_line()}"
    yield t("legend.input"), "; ".join(one_line(each.name) for each in manifest.inputs)
    yield t("legend.program"), f"matcher {manifest.program} · {t('legend.model')} {manifest.model}"
    yield "", t("says.reader_note")
