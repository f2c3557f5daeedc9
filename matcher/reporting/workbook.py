"""The XLSX workbook: worklist, matches, duplicates, coverage, problems, announcement, summary and legend, linked."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from matcher.records import Assessment, DuplicateKind, DuplicatePair, Match, Problem, Status
from matcher.reporting.announcement_sheets import (
    add_coverage,
    add_coverage_total,
    add_legend,
    add_orientations,
    add_plans,
)
from matcher.reporting.columns import (
    COVERAGE,
    DUPLICATES,
    GROUPS,
    MATCHES,
    MEMBERS_SHOWN,
    ORIENTATIONS,
    PLANS,
    PRINTED_OF_ANNOUNCEMENT,
    PRINTED_OF_MATCHES,
    PRINTED_OF_PROBLEMS,
    PRINTED_OF_WORKLIST,
    PROBLEMS,
    SUMMARY,
    WORKLIST,
)
from matcher.reporting.form_words import form_cell, problem_place
from matcher.reporting.groups import Group, Member
from matcher.reporting.report import Report
from matcher.reporting.severity import form_problems, severity_of
from matcher.reporting.sheets import MAX_ROWS, Cell, Column, Formats, Link, Mirror, Sheet, Styled
from matcher.reporting.summary_sheet import SummarySheet
from matcher.reporting.wording import Verdict, Wording, one_line, other_of, shortened, shown_matches, verdict

#: Matches of a proposal on the sheet of matches.
SHOWN_MATCHES = 5
#: A fixed date of creation: equal runs give equal bytes.
CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def write_xlsx(report: Report, stream: BinaryIO, max_rows: int = MAX_ROWS) -> None:
    """Write the workbook as the assessments stream by; of these only links and heights of rows stay in memory.

    Parameters
    ----------
    report : Report
        What to write.
    stream : binary file
        Where to; stays open.
    max_rows : int
        Rows that a sheet may have.

    Raises
    ------
    OSError
        If the disk is full or cannot be written.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    with tempfile.TemporaryDirectory(prefix="matcher-") as folder:
        # Not straight into the stream: an archive that fails half-way would fail again when it is collected.
        made = Path(folder) / "workbook.xlsx"
        workbook = xlsxwriter.Workbook(
            made,
            {
                "constant_memory": True,
                "tmpdir": folder,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "use_zip64": True,
            },
        )
        try:
            _Workbook(report, workbook, max_rows).write()
            workbook.close()
        except FileCreateError as err:
            raise err.args[0] from err  # the OSError inside, which says why
        finally:
            _let_go(workbook)
        with made.open("rb") as source:
            shutil.copyfileobj(source, stream, 1 << 20)


def _let_go(workbook: Any) -> None:  # noqa: ANN401
    """Close the row files of sheets, also after an error: Windows removes no open file."""
    for sheet in workbook.worksheets():
        if sheet.row_data_fh is not None and not sheet.row_data_fh.closed:
            sheet.row_data_fh.close()
    workbook.fileclosed = 1  # nothing is left to be saved when the object goes


class _Workbook:
    """Fills the sheets; each method writes one kind of row."""

    def __init__(self, report: Report, workbook: Any, max_rows: int) -> None:  # noqa: ANN401
        self.report, self.wording = report, Wording(report)
        self.t = self.wording.t
        formats = Formats(workbook)
        workbook.set_properties(
            {
                "title": self.t("title.report"),
                "created": CREATED,
                "author": "",
                "comments": report.manifest.program,
            }
        )
        title = self.wording.announcement_line()

        def sheet(name: str, columns: tuple[Column, ...]) -> Sheet:
            return Sheet(workbook, self.t(f"sheet.{name}"), columns, formats, self.t, title, max_rows)

        self.worklist = sheet("worklist", WORKLIST)
        self.matches = sheet("matches", MATCHES)
        self.duplicates = sheet("duplicates", DUPLICATES)
        self.groups = sheet("groups", GROUPS)
        self.coverage = sheet("coverage", COVERAGE)
        self.problems = sheet("problems", PROBLEMS)
        self.announcement = sheet("announcement", ORIENTATIONS)
        self.plans = sheet("plans", PLANS)
        self.summary = SummarySheet(workbook, self.wording)
        self.legend = sheet("legend", SUMMARY)
        self.bullet_rows = {each.id: row for row, each in enumerate(report.announcement.orientations, 1)}
        self.seen_pairs: set[tuple[str, str, str]] = set()
        self.clusters = {each.name: number for number, each in enumerate(report.summary.groups, 1)}
        self.group_of = {each.position: group.name for group in report.summary.groups for each in group.members}
        room = (max_rows - 2) // max(report.summary.total, 1)
        self.shown = max(1, min(SHOWN_MATCHES, room))

    def write(self) -> None:
        """Write every sheet."""
        for problem in self.report.announcement.integrity:
            self._add_problem("severity.announcement", problem)
        for number, assessment in enumerate(self.report.best(SHOWN_MATCHES), 1):
            self._add(number, assessment)
        for number, assessment in enumerate(self.report.best(1), 1):  # what is no duplicate comes last
            self._add_pairs(number, assessment, information=True)
        for group in self.report.summary.groups:
            self._add_group(group)
        add_coverage(self.coverage, self.wording, self._bullet)
        add_orientations(self.announcement, self.wording)
        add_plans(self.plans, self.wording)
        add_legend(self.legend, self.wording)
        self._finish()

    def _add(self, number: int, assessment: Assessment) -> None:
        row, first_match = number, self.matches.next_row
        self._add_to_worklist(number, assessment, first_match)
        self.summary.add(number, assessment)
        for match in assessment.matches[: self.shown]:
            self.matches.add(self._match_cells(assessment, match, row))
        self._add_pairs(number, assessment, information=False)
        self._add_problems(assessment)

    def _add_to_worklist(self, number: int, assessment: Assessment, first_match: int) -> None:
        proposal, matches = assessment.proposal, shown_matches(assessment)
        best = matches[0] if matches else None
        id_cell: Cell = proposal.id
        if assessment.matches:
            id_cell = Link(proposal.id, self.matches.name, first_match)
        self.worklist.add(
            [
                number,
                id_cell,
                one_line(proposal.title) or Styled(self.wording.problems(assessment), "muted"),
                Styled(self.wording.state(assessment), f"state.{verdict(assessment)}"),
                self._bullet(best.orientation) if best else None,
                self.wording.orientation_text(best.orientation) if best else None,
                best.probability if best else None,
                self.wording.plan(best.plan) if best else None,
                self._group_and_duplicates(number, assessment),
                form_cell(assessment.form, self.t),
                self._decision(number),
                None,
                self.wording.problems(assessment),
                one_line(proposal.sections.get("organisation", "")),
                self.wording.other_matches(matches[1:3]),
                assessment.flag.outside_probability if best else None,
                self._reasons(assessment),
            ]
        )

    def _group_and_duplicates(self, number: int, assessment: Assessment) -> str:
        duplicates = self.wording.duplicates(assessment)
        if number not in self.group_of:
            return duplicates
        group = self.clusters[self.group_of[number]]
        return f"{duplicates}\n{self.t('says.group', n=group)}"

    def _decision(self, number: int) -> Cell:
        """Return what stands in the cell of the decision: that of the group where there is one."""
        if number not in self.group_of:
            return None
        row = self.clusters[self.group_of[number]]
        return Mirror(self.groups.name, row, self.groups.column_of("column.decision"))

    def _add_group(self, group: Group) -> None:
        """Write a group's row: its members side by side, one cell for the decision."""
        shown, others = group.members[:MEMBERS_SHOWN], group.members[MEMBERS_SHOWN:]
        cells: list[Cell] = [self._member(each) for each in shown]
        tasks = [one_line(f"{task} {self.report.task_titles.get(task, '')}") for task in group.tasks]
        self.groups.add(
            [
                self.clusters[group.name],
                *cells,
                *([None] * (MEMBERS_SHOWN - len(shown))),
                "\n".join(f"{each.id}: {shortened(each.title, 120)}" for each in others),
                "\n".join(tasks),
                group.probability,
                None,
                None,
            ]
        )

    def _member(self, member: Member) -> Link:
        words = f"{one_line(member.id)} ({self.t('column.orientation')} {member.best})" if member.best else member.id
        return Link(f"{words}\n{one_line(member.title)}", self.worklist.name, member.position)

    def _reasons(self, assessment: Assessment) -> str:
        parts = [self.wording.reasons(assessment)]
        if assessment.flag.urgency:
            parts.append(f"{self.t('column.urgency')}: {shortened(assessment.flag.urgency, 600)}")
        if other := self.wording.not_chosen(assessment):
            parts.append(f"{self.t('column.not_chosen')}: {other}")
        return "\n".join(part for part in parts if part)

    def _bullet(self, orientation_id: str) -> Cell:
        """Return a link to an orientation's row on the sheet of the announcement."""
        row = self.bullet_rows.get(orientation_id)
        return Link(orientation_id, self.announcement.name, row) if row is not None else orientation_id

    def _match_cells(self, assessment: Assessment, match: Match, row: int) -> list[Cell]:
        proposal, plan = assessment.proposal, match.plan
        return [
            Link(proposal.id, self.worklist.name, row),
            shortened(proposal.title, 120),
            match.rank,
            self._bullet(match.orientation),
            self.wording.orientation_text(match.orientation),
            match.probability,
            one_line(plan.id),
            self.wording.basis_words(plan.basis),
            self.wording.words(proposal, match),
            self.wording.uncovered(match),
            self.wording.day(plan.date),
            one_line(plan.title),
            plan.probability if plan.id else None,
        ]

    def _add_pairs(self, row: int, assessment: Assessment, *, information: bool) -> None:
        for pair in assessment.duplicates:
            if (pair.kind is DuplicateKind.SAME_METHOD_ELSEWHERE) is information:
                self._add_pair(pair, assessment, row)

    def _cluster(self, name: str) -> int | None:
        """Return the number of a cluster in the order of the sheet: its name is no word for people."""
        return self.clusters.setdefault(name, len(self.clusters) + 1) if name else None

    def _add_pair(self, pair: DuplicatePair, assessment: Assessment, row: int) -> None:
        """Write a pair where it is met first, from this proposal's side."""
        key = (pair.a, pair.b, pair.source)
        if key in self.seen_pairs:
            return
        self.seen_pairs.add(key)
        own = assessment.proposal.id
        other = other_of(pair, own)
        position = self.report.summary.paired.get(other, (0, ""))[0] if pair.source == "batch" else 0
        information = pair.kind is DuplicateKind.SAME_METHOD_ELSEWHERE
        style = "muted" if information else "text"
        self.duplicates.add(
            [
                Link(own, self.worklist.name, row),
                Styled(one_line(assessment.proposal.title), style),
                Link(other, self.worklist.name, position) if position else one_line(other),
                Styled(one_line(self.report.title_of(pair, other)), style),
                Styled(self.t(f"kind.{pair.kind}"), style),
                None if information else pair.probability,  # of a duplicate, which it is not
                self.wording.duplicate_verdict(pair),
                self.t(f"source.{pair.source}"),
                Styled(self.wording.reason_notes(pair), style),
                self._cluster(pair.cluster),
            ]
        )

    def _add_problems(self, assessment: Assessment) -> None:
        proposal = assessment.proposal
        severity = {Status.FAILED: "failed", Status.PARTIAL: "partial", Status.OK: "note"}[proposal.status]
        for problem in proposal.problems:
            self._add_problem(f"severity.{severity}", problem, assessment)
        if proposal.status is not Status.OK and not proposal.problems:
            self._add_problem(f"severity.{severity}", Problem(severity, self.t(f"severity.{severity}")), assessment)
        for each in form_problems(assessment.form):
            cure = str(each.get("cure") or "")
            words = " ".join(part for part in (str(each.get("message", "")), cure) if part)
            problem = Problem(str(each.get("code", "")), words, problem_place(each, self.t))
            self._add_problem(f"mending.{severity_of(each)}", problem, assessment)

    def _add_problem(self, kind: str, problem: Problem, assessment: Assessment | None = None) -> None:
        source = assessment.proposal.source if assessment else None
        words = self.t(kind)
        self.problems.add(
            [
                Styled(words, f"state.{Verdict.FAILED}") if kind == "severity.failed" else words,
                assessment.proposal.id if assessment else None,
                one_line(problem.message),
                self.wording.where(problem),
                source.file if source else None,
                source.row if source else None,
                one_line(problem.code),
            ]
        )

    def _finish(self) -> None:
        decisions = [self.t(f"decision.{name}") for name in ("yes", "no", "look")]
        for sheet in (self.worklist, self.groups):
            sheet.choices("column.decision", decisions, self.t("decision.hint"))
        self.groups.bars("column.duplicate_probability", "#F4B183")
        self.worklist.bars("column.probability")
        self.worklist.bars("column.outside_probability", "#D9B3CC")
        self.worklist.print_columns(PRINTED_OF_WORKLIST)
        self.matches.bars("column.probability")
        self.matches.bars("column.plan_probability", "#C9D7B5")
        self.matches.print_columns(PRINTED_OF_MATCHES)
        self.duplicates.bars("column.duplicate_probability", "#F4B183")
        self.coverage.bars("column.total", highest=None)
        self.problems.print_columns(PRINTED_OF_PROBLEMS)
        self.announcement.print_columns(PRINTED_OF_ANNOUNCEMENT)
        rows = (self.worklist, self.matches, self.duplicates, self.groups, self.coverage, self.problems)
        for sheet in (*rows, self.announcement, self.plans):
            sheet.filter()
        add_coverage_total(self.coverage, self.wording)
        if self.report.summary.failed or self.report.summary.partial:
            self.problems.sheet.set_tab_color("#D55E00")
        self.summary.close()
        self.worklist.close(self.t("says.no_proposals"))
        self.matches.close(self.t("says.no_proposals"))
        self.duplicates.close(f"{self.t('says.no_pairs')} {self.wording.registers_line()}")
        self.groups.close(self.t("says.no_groups"))
        self.problems.close(self.t("says.no_problems"))
        for sheet in (self.coverage, self.announcement, self.plans):
            sheet.close()
