"""A page for each proposal (Phiếu tóm tắt đề xuất), with room for what a council decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from matcher.errors import OutputError
from matcher.records import Assessment, FilledForm, State
from matcher.reporting.atomic import probe, replacing
from matcher.reporting.form_words import problem_line
from matcher.reporting.manifest import write_manifest
from matcher.reporting.money import million_dong
from matcher.reporting.paper import Cell, Line, Paper, Run
from matcher.reporting.report import Report
from matcher.reporting.search.contacts import without_contacts
from matcher.reporting.severity import form_problems
from matcher.reporting.sheets import COLOURS
from matcher.reporting.wording import Wording, one_line, percent, shortened, shown_matches, verdict

TITLE = "PHIẾU TÓM TẮT ĐỀ XUẤT NHIỆM VỤ KHOA HỌC VÀ CÔNG NGHỆ"
NUMBER = "Số thứ tự {n} – mã số {id}"
NAME, ORGANISATION, MEANS = "Tên nhiệm vụ", "Tổ chức đề xuất", "Thời gian, kinh phí"
OBJECTIVE, RESULTS, STATE = "Mục tiêu", "Kết quả, sản phẩm", "Trạng thái"
NEAREST, PLAN, OTHERS = "Định hướng gần nhất", "Kế hoạch làm căn cứ", "Định hướng khác"
UNCOVERED, ALIKE, FORM = "Ý của định hướng chưa thấy trong đề xuất", "Trùng lặp", "Lỗi phiếu"
READING, URGENCY = "Lưu ý khi đọc", "Lý do cấp thiết"
NONE_ALIKE, NO_FAULTS, NOT_STATED = "Không thấy trong phạm vi đã so.", "Không thấy lỗi.", "(không nêu)"
MORE = "… và {n} điểm khác."
COUNCIL = "Ý KIẾN CỦA HỘI ĐỒNG"
DECISIONS = (
    ("Kết luận", "☐ Đề nghị thực hiện      ☐ Không thực hiện"),
    ("Tên nhiệm vụ điều chỉnh", ""),
    ("Định hướng mục tiêu", ""),
    ("Yêu cầu đối với kết quả", ""),
    ("Phương thức tổ chức", "☐ Tuyển chọn      ☐ Giao trực tiếp"),
)
#: Pages of one file, and files of a folder, at most.
MAX_PAGES = 2_000
_WIDTHS = (4.0, 12.5)
_SIZE, _TABLE_SIZE = 12, 10.5
#: Letters of each text: a page takes no more.
_NAME, _LONG, _SHORT, _LINE = 220, 200, 140, 100
#: Aspects, duplicates and faults that are named.
_ASPECTS, _PAIRS, _FAULTS, _REASONS = 2, 2, 3, 1
_UNNAMEABLE = re.compile(r"[^\w-]+")


def check_pages(target: Path, inputs: Iterable[Path] = ()) -> None:
    """Check, before any long work, that the pages can be written: one `.docx`, or a folder of them.

    Raises
    ------
    OutputError
        For a place that cannot be written, or a folder that the next run would read as proposals.
    """
    if _is_file(target):
        probe(target)
        return
    if target.suffix:
        raise OutputError(
            f"pages cannot be written as {target.suffix}", file=target, cure="Name a .docx file, or a folder."
        )
    if target.exists() and not target.is_dir():
        raise OutputError("is a file, not a folder", file=target, cure="Name a .docx file, or a folder.")
    here = target.resolve()
    if any(each.is_dir() and here.is_relative_to(each.resolve()) for each in inputs):
        raise OutputError(
            "lies in a folder of proposals, and would be read as such", file=target, cure="Choose another folder."
        )
    probe(target / "trang.docx")


def write_pages(report: Report, target: Path) -> int:
    """Write a page for each proposal, into one `.docx` or each into a file of the folder; return how many.

    Raises
    ------
    OutputError
        Where writing fails.
    """
    wording = Wording(report)
    numbered = enumerate(islice(report.best(3), MAX_PAGES), 1)
    if not _is_file(target):
        count = 0
        for number, assessment in numbered:
            paper = _paper()
            _add_page(paper, wording, number, assessment)
            with replacing(target / _file_name(number, assessment)) as stream:
                paper.save(stream)
            count = number
        return count
    paper, count = _paper(), 0
    for number, assessment in numbered:
        _add_page(paper, wording, number, assessment)
        count = number
    with replacing(target) as stream:
        paper.save(stream)
    write_manifest(report.manifest, target, report.summary.to_record())
    return count


def _is_file(target: Path) -> bool:
    return target.suffix.lower() == ".docx"


def _paper() -> Paper:
    return Paper(TITLE, size=_SIZE, table_size=_TABLE_SIZE)


def _file_name(number: int, assessment: Assessment) -> str:
    name = _UNNAMEABLE.sub("-", one_line(assessment.proposal.id)).strip("-")[:40]
    return f"{number:03d}-{name}.docx" if name else f"{number:03d}.docx"


def _add_page(paper: Paper, wording: Wording, number: int, assessment: Assessment) -> None:
    label = NUMBER.format(n=number, id=shortened(assessment.proposal.id, 60))
    office = wording.report.announcement.issuer
    paper.add_heading(office, TITLE, label, new_page=number > 1 and paper.body.is_begun)
    table = paper.body.add_table(_WIDTHS)
    for name, lines in _rows(wording, assessment):
        shade = {1: COLOURS[verdict(assessment)][0]} if name == STATE else {}
        table.add_row([_cell([name], "bold"), _cell(lines)], shades=shade)
    paper.body.add(Run(COUNCIL, "bold"), keep=True, before=6)
    council = paper.body.add_table(_WIDTHS)
    for name, text in DECISIONS:
        council.add_row([_cell([name], "bold"), _cell([text])])


def _cell(lines: Iterable[str], mark: str = "") -> Cell:
    cell: list[Line] = [[Run(line, mark)] for line in lines]
    return cell or [[]]


def _rows(wording: Wording, assessment: Assessment) -> Iterator[tuple[str, list[str]]]:
    """Yield what a page says of a proposal, a name and its lines at a time."""
    proposal, t = assessment.proposal, wording.t
    yield NAME, [_text(proposal.title, _NAME) or NOT_STATED]
    yield ORGANISATION, [_text(proposal.sections.get("organisation", ""), _SHORT) or NOT_STATED]
    yield MEANS, [_means(assessment)]
    for name, section in ((OBJECTIVE, "objective"), (RESULTS, "results")):
        if text := _text(proposal.sections.get(section, ""), _LONG if section == "objective" else _SHORT):
            yield name, [text]
    reasons = [shortened(each, _LINE) for each in assessment.flag.reasons[:_REASONS]]
    yield STATE, [wording.state(assessment, sign=False), *reasons]
    yield from _fit(wording, assessment)
    yield ALIKE, _alike(wording, assessment)
    faults = [problem_line(each, t) for each in form_problems(assessment.form) if each.get("severity") != "info"]
    yield FORM, _some(faults, _FAULTS) or [NO_FAULTS]
    if proposal.problems:
        yield READING, _some([wording.problem(each) for each in proposal.problems], _REASONS)
    if assessment.flag.state is State.OUTSIDE and assessment.flag.urgency:
        yield URGENCY, [_text(assessment.flag.urgency, _SHORT)]


def _fit(wording: Wording, assessment: Assessment) -> Iterator[tuple[str, list[str]]]:
    matches = shown_matches(assessment)
    if not matches:
        return
    best = matches[0]
    text = shortened(wording.orientation_text(best.orientation), _LONG)
    yield NEAREST, [f"{best.orientation} ({percent(best.probability)}). {text}"]
    title = f" – {shortened(best.plan.title, _LINE)}" if best.plan.title else ""
    yield PLAN, [wording.plan(best.plan) + title]
    if len(matches) > 1:
        yield OTHERS, [wording.other_matches(matches[1:3]).replace("\n", "; ")]
    if best.uncovered:
        yield UNCOVERED, _some(list(best.uncovered), _ASPECTS)


def _alike(wording: Wording, assessment: Assessment) -> list[str]:
    if not shown_matches(assessment) and not assessment.duplicates:
        return [NOT_STATED]
    return _some(wording.duplicates(assessment).split("\n"), _PAIRS) or [NONE_ALIKE]


def _some(lines: list[str], most: int) -> list[str]:
    """Return the first lines, each shortened, and how many are left out."""
    lines = [line for line in lines if line.strip()]
    shown = [shortened(line, _LINE) for line in lines[:most]]
    return [*shown, MORE.format(n=len(lines) - most)] if len(lines) > most else shown


def _means(assessment: Assessment) -> str:
    form = assessment.proposal.form or FilledForm()
    months = f"{form.months} tháng" if form.months else ""
    sections = assessment.proposal.sections
    budget = million_dong(form.budget_vnd) or _text(sections.get("budget", ""), _LINE)
    return "; ".join(part for part in (months, budget) if part) or NOT_STATED


def _text(text: str, letters: int) -> str:
    return shortened(without_contacts(text), letters)
