"""The report's sections, the same for every kind of file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.trends.figures import Figure, figures_of
from matcher.trends.figures.gaps import demand_table
from matcher.trends.grid import Grid
from matcher.trends.numbers import number, year_list
from matcher.trends.records import Analysis, Tally
from matcher.trends.report import tables
from matcher.trends.report.summary import movements, summary
from matcher.trends.words import problem_name, state_name

TITLE = "BÁO CÁO PHÂN TÍCH"
SUBTITLE = "đề xuất đặt hàng nhiệm vụ khoa học và công nghệ {years}"
NO_VERDICT = (
    "Số liệu do máy tổng hợp từ các lượt đối chiếu đã lưu, để tham khảo khi viết báo cáo và chuẩn bị thông báo năm "
    "sau; không thay cho kết luận của hội đồng hay cán bộ."
)
APPENDIX = "Phụ lục. SỐ LIỆU CỦA CÁC HÌNH"
_METHOD = (
    "Mỗi đề xuất tính một lần, cho định hướng khớp nhất nếu được xếp là phù hợp; đề xuất cần xem xét không tính cho "
    "định hướng nào.",
    "Khoảng tin cậy 95% của tỷ lệ tính theo Wilson; của tỷ số nhận được chia kỳ vọng tính chính xác theo Poisson "
    "(Garwood), nới rộng để đúng cho mọi dòng của bảng cùng lúc.",
    "Kỳ vọng là số đề xuất nếu mọi định hướng nêu trong cùng năm thu hút như nhau; không phải là chỉ tiêu.",
    "Tăng, giảm, ổn định chỉ được nêu khi khoảng của mức thay đổi mỗi năm không để nghi ngờ, đã hiệu chỉnh cho mọi "
    "chuỗi cùng xét: nếu các năm không khác gì nhau, không quá 5 trong 100 bản phân tích nêu nhầm dù chỉ một xu hướng.",
    "Vắng xu hướng không có nghĩa là không đổi: ít đề xuất thì thay đổi lớn cũng có thể chưa đủ căn cứ.",
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report: sentences, points, tables, figures, in this order."""

    title: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    tables: tuple[Grid, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """The whole report."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures, in order; their numbers count from 1."""
        return tuple(figure for section in self.sections for figure in section.figures)

    @property
    def tables(self) -> tuple[Grid, ...]:
        """All tables, in order; those of the figures last."""
        own = [grid for section in self.sections for grid in section.tables]
        return (*own, *(figure.table for figure in self.figures))


def document_of(analysis: Analysis) -> Document:
    """Return the report on an analysis."""
    figures = figures_of(analysis)
    sections = (
        Section("Tóm tắt", points=summary(analysis)),
        _totals(analysis),
        _coverage(analysis, figures),
        _outside(analysis, figures),
        _again(analysis),
        _who_and_where(analysis),
        _amounts(analysis),
        _topics(analysis, figures),
        _forms(analysis),
        _questions(analysis),
        Section("Phương pháp và hạn chế", points=(*_METHOD, *analysis.notes)),
    )
    span = f"{'năm' if len(analysis.years) == 1 else 'các năm'} {year_list(analysis.years)}"
    return Document(TITLE, SUBTITLE.format(years=span), sections)


def _chosen(figures: Sequence[Figure], *starts: str) -> tuple[Figure, ...]:
    return tuple(figure for figure in figures if figure.id.startswith(starts))


def _totals(analysis: Analysis) -> Section:
    found = [tables.years_table(analysis)]
    if analysis.states:
        note = "Tỷ lệ tính trên mọi mục đã đối chiếu, kể cả mục không phải là đề xuất."
        states = _tallies("Trạng thái", "Kết quả đối chiếu theo năm", "Kết quả", analysis.states, analysis, note)
        found.append(states)
    return Section("Tổng số theo năm và trạng thái", tables=tuple(found))


def _coverage(analysis: Analysis, figures: Sequence[Figure]) -> Section:
    title = "Độ phủ và khoảng trống"
    if not analysis.orientations:
        return Section(title, ("Không rõ định hướng nào đã được nêu.",))
    silent = tuple(f"{each.id} {each.name}".strip() for each in analysis.orientations if not each.answered)
    words = (
        f"{number(len(silent))} định hướng không có đề xuất nào:"
        if silent
        else "Định hướng nào cũng có ít nhất một đề xuất."
    )
    found = (
        demand_table("Lĩnh vực", "Đề xuất nhận được so với kỳ vọng theo lĩnh vực", analysis.fields),
        demand_table("Văn bản", "Đề xuất nhận được so với kỳ vọng theo văn bản căn cứ", analysis.plans),
    )
    drawn = _chosen(figures, "coverage", "gaps", "streams", "shares-fields")
    return Section(title, (words,), silent, tuple(grid for grid in found if grid.rows), drawn)


def _outside(analysis: Analysis, figures: Sequence[Figure]) -> Section:
    drawn = _chosen(figures, "outside")
    words = () if drawn else ("Không tìm thấy nhóm đề xuất ngoài định hướng nào đủ lớn để nêu.",)
    return Section("Ngoài định hướng", words, figures=drawn)


def _again(analysis: Analysis) -> Section:
    title = "Trùng lặp và nộp lại"
    if not analysis.resubmissions:
        return Section(title, ("Không tìm thấy nhiệm vụ nào được đề xuất nhiều lần.",))
    words = f"{number(len(analysis.resubmissions))} nhiệm vụ được đề xuất ở nhiều năm, hoặc đã có trong danh mục."
    return Section(title, (words,), tables=(tables.resubmissions_table(analysis.resubmissions),))


def _who_and_where(analysis: Analysis) -> Section:
    title = "Tổ chức và địa bàn"
    found = []
    if analysis.organisations:
        note = "Tỷ lệ tính trên các đề xuất có nêu tổ chức; một đề xuất của hai tổ chức tính cho cả hai."
        name = "Đề xuất theo tổ chức"
        found.append(_tallies("Tổ chức", name, "Tổ chức", analysis.organisations, analysis, note))
    if analysis.districts:
        note = "Địa bàn theo tên trước tháng 7/2025 để các năm so được; tỷ lệ tính trên đề xuất có nêu địa bàn."
        found.append(_tallies("Địa bàn", "Đề xuất theo địa bàn", "Địa bàn", analysis.districts, analysis, note))
    words = () if found else ("Các đề xuất không nêu tổ chức hay địa bàn.",)
    return Section(title, words, tables=tuple(found))


def _amounts(analysis: Analysis) -> Section:
    found = []
    if analysis.budgets:
        name = "Kinh phí đề xuất theo năm"
        found.append(tables.amounts_table("Kinh phí", name, "triệu đồng", analysis.budgets))
    if analysis.durations:
        name = "Thời gian thực hiện đề xuất theo năm"
        found.append(tables.amounts_table("Thời gian", name, "tháng", analysis.durations))
    words = () if found else ("Các đề xuất không nêu kinh phí hay thời gian.",)
    return Section("Kinh phí và thời gian", words, tables=tuple(found))


def _topics(analysis: Analysis, figures: Sequence[Figure]) -> Section:
    found = (tables.topics_table(analysis.topics, analysis.years),) if analysis.topics else ()
    drawn = _chosen(figures, "shares-topics", "shares-orientations", "plane")
    return Section("Chủ đề và xu hướng", (movements(analysis),), tables=found, figures=drawn)


def _forms(analysis: Analysis) -> Section:
    title = "Lỗi phiếu"
    if not analysis.form_problems:
        return Section(title, ("Không có lỗi phiếu nào được ghi nhận, hoặc đề xuất không nộp theo phiếu.",))
    note = "Số phiếu có lỗi; một phiếu có thể có nhiều lỗi."
    listed = tables.tally_table(
        title, "Lỗi phiếu theo năm", "Lỗi", analysis.form_problems, analysis.years, problem_name, note
    )
    return Section(title, tables=(listed,))


def _questions(analysis: Analysis) -> Section:
    title = "Câu hỏi cho thông báo năm sau"
    if not analysis.suggestions:
        return Section(title, ("Số liệu chưa gợi ra câu hỏi nào.",))
    words = "Những câu hỏi sau rút từ số liệu, để người soạn thông báo cân nhắc; không phải là kiến nghị."
    return Section(title, (words,), tables=(tables.suggestions_table(analysis.suggestions),))


def _tallies(name: str, title: str, what: str, tallies: Sequence[Tally], analysis: Analysis, note: str) -> Grid:
    return tables.tally_table(name, title, what, tallies, analysis.years, state_name, note)
