"""The official summary table as a sheet of the workbook, laid out for paper like the DOCX."""

from __future__ import annotations

from typing import Any

from matcher.records import Assessment
from matcher.reporting.paper import COUNTRY, FONT, MOTTO, SIZE
from matcher.reporting.sheets import COLOURS, MAX_HEIGHT, wrapped_lines
from matcher.reporting.summary_row import STATE_COLUMN, SUMMARY_KEYS, summary_row
from matcher.reporting.wording import Verdict, Wording, clean, one_line, verdict

#: Proposals on the sheet; the worklist holds all of them.
MAX_PROPOSALS = 2_000
#: Width in characters of each column; points of a line.
_WIDTHS = (6, 32, 16, 30, 14, 16, 14, 14)
_LINE = 17.0
#: The first columns lie under the office's name, the others under the country's.
_OFFICE_COLUMNS = 3


class SummarySheet:
    """The sheet under way; rows go in one after another.

    Parameters
    ----------
    workbook : xlsxwriter.Workbook
        In constant-memory mode.
    wording : Wording
        Of the report.
    """

    def __init__(self, workbook: Any, wording: Wording) -> None:  # noqa: ANN401
        self._wording, self._t = wording, wording.t
        self._sheet = workbook.add_worksheet(self._t("sheet.summary"))
        base = {"font_name": FONT, "font_size": SIZE, "text_wrap": True, "valign": "top"}
        ruled = base | {"border": 1}
        centred = {"align": "center", "valign": "vcenter", "bold": True}
        self._heading = workbook.add_format(base | centred)
        self._motto = workbook.add_format(base | centred | {"underline": 1})
        self._header = workbook.add_format(ruled | centred)
        self._text = workbook.add_format(ruled)
        self._number = workbook.add_format(ruled | {"align": "center"})
        self._states = {kind: workbook.add_format(ruled | {"bg_color": COLOURS[kind][0]}) for kind in Verdict}
        self._line = workbook.add_format(base | {"text_wrap": False, "italic": True})
        self._row = 0
        self._set_page()
        self._add_heading()

    def _set_page(self) -> None:
        for index, width in enumerate(_WIDTHS):
            self._sheet.set_column(index, index, width)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)  # A4
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_margins(left=0.79, right=0.59, top=0.79, bottom=0.79)
        self._sheet.set_footer("&C&P")
        self._sheet.hide_gridlines(2)

    def _add_heading(self) -> None:
        last, report = len(_WIDTHS) - 1, self._wording.report
        office = one_line(report.announcement.issuer).upper()
        for left, right, style in ((office, COUNTRY, self._heading), ("", MOTTO, self._motto)):
            self._merged(0, _OFFICE_COLUMNS - 1, left, self._heading)
            self._merged(_OFFICE_COLUMNS, last, right, style)
            self._row += 1
        self._row += 1
        for words in (self._t("title.summary_table"), clean(self._wording.announcement_line())):
            self._sheet.set_row(self._row, 2 * _LINE)
            self._merged(0, last, words, self._heading)
            self._row += 1
        self._sheet.set_row(self._row, 2.2 * _LINE)
        for index, key in enumerate(SUMMARY_KEYS):
            self._sheet.write_string(self._row, index, self._t(key), self._header)
        self._sheet.repeat_rows(self._row)
        self._sheet.freeze_panes(self._row + 1, 2)
        self._row += 1

    def _merged(self, first: int, last: int, words: str, style: Any) -> None:  # noqa: ANN401
        self._sheet.merge_range(self._row, first, self._row, last, "", style)
        self._sheet.write_string(self._row, first, words, style)

    def add(self, number: int, assessment: Assessment) -> None:
        """Write a proposal's row; nothing happens above `MAX_PROPOSALS`."""
        if number > MAX_PROPOSALS:
            return
        cells = [clean(cell) for cell in summary_row(self._wording, number, assessment)]
        lines = max(wrapped_lines(cell, width) for cell, width in zip(cells, _WIDTHS, strict=True))
        self._sheet.set_row(self._row, min(4 + lines * _LINE, MAX_HEIGHT))
        for index, cell in enumerate(cells):
            style = self._states[verdict(assessment)] if index == STATE_COLUMN else self._text
            self._sheet.write_string(self._row, index, cell[:32_000], self._number if index == 0 else style)
        self._row += 1

    def close(self) -> None:
        """Write what the rows add up to below them."""
        wording, summary = self._wording, self._wording.report.summary
        total = f"{self._t('says.totals', total=self._t.count(summary.total))}: {wording.counts_line()}."
        left = summary.total - MAX_PROPOSALS
        more = self._t("says.sheet_full", n=self._t.count(left)) if left > 0 else ""
        for words in (total, clean(wording.registers_line()), wording.incomplete_line(), more):
            if words:
                self._row += 1
                self._sheet.write_string(self._row, 0, words, self._line)
