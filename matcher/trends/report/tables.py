"""The tables of the yearly report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from matcher.trends.grid import Cell, Column, Grid, Kind, text
from matcher.trends.intervals import share
from matcher.trends.numbers import percent, percent_span, year_list
from matcher.trends.records import Amounts, Analysis, Movement, Resubmission, Suggestion, Tally, Topic
from matcher.trends.words import kind_name, trend_words

#: Names listed of what has a long tail; all are in the JSON.
LISTED = 40


def tally_table(
    name: str,
    title: str,
    what: str,
    tallies: Sequence[Tally],
    years: Sequence[int],
    words: Callable[[str], str] = str,
    note: str = "",
) -> Grid:
    """Return counts by year, a row for each name."""
    listed = tallies[:LISTED]
    if len(tallies) > LISTED:
        note = f"{note} Bảng nêu {LISTED} tên nhiều nhất trong {len(tallies)}; tệp JSON có đủ.".strip()
    columns = (
        text(what, width=4),
        *(Column(str(year), f"Số đề xuất năm {year}") for year in years),
        Column("Cộng"),
        text("Tỷ lệ (95%)", "Phần trong tổng của mọi năm, với khoảng tin cậy 95% (Wilson)", 2.4),
        text("Xu hướng", "Của tỷ lệ qua các năm; chỉ nêu khi khoảng tin cậy không để nghi ngờ", 2.4),
    )
    rows = tuple((words(each.name), *_counts(each.movement, years)) for each in listed)
    return Grid(name, title, columns, rows, note)


def amounts_table(name: str, title: str, unit: str, amounts: Iterable[Amounts]) -> Grid:
    """Return the quartiles of amounts by year."""
    columns = (
        text("Năm", width=1),
        Column("Có nêu", "Số đề xuất có nêu"),
        Column("Tổng số", "Số đề xuất của năm"),
        Column("Phần tư dưới", f"Một phần tư số đề xuất nêu ít hơn; {unit}", Kind.NUMBER),
        Column("Trung vị", f"Một nửa số đề xuất nêu ít hơn; {unit}", Kind.NUMBER),
        Column("Phần tư trên", f"Ba phần tư số đề xuất nêu ít hơn; {unit}", Kind.NUMBER),
    )
    rows = tuple(
        (str(each.year), each.stated, each.total, *(each.quartiles if each.stated else (None, None, None)))
        for each in amounts
    )
    return Grid(name, title, columns, rows, f"Đơn vị: {unit}. Chỉ tính những đề xuất có nêu.")


def topics_table(topics: Sequence[Topic], years: Sequence[int]) -> Grid:
    """Return the topics with their words, counts and how far they can be trusted."""
    columns = (
        text("Chủ đề", width=2.4),
        text("Từ đặc trưng", width=3.4),
        *(Column(str(year), f"Số đề xuất năm {year}") for year in years),
        Column("Cộng"),
        Column("Độ bền", "Chủ đề xuất hiện lại bao nhiêu phần khi lấy mẫu lại; dưới 60% là lỏng", Kind.SHARE),
        text("Xu hướng", "Của tỷ lệ qua các năm; chỉ nêu khi khoảng tin cậy không để nghi ngờ", 2.4),
        text("Ví dụ", "Mã số đề xuất", 2.4),
    )
    rows = tuple(
        (
            *(each.label, ", ".join(each.words), *_by_year(each.movement, years), each.size, each.stability),
            *(trend_words(each.movement), ", ".join(each.examples)),
        )
        for each in topics
    )
    return Grid(
        "Chủ đề", "Các chủ đề của đề xuất", columns, rows, "Chủ đề do máy gom theo nội dung, không phải phân loại."
    )


def resubmissions_table(found: Sequence[Resubmission]) -> Grid:
    """Return the works that came more than once."""
    columns = (
        text("Tên", "Tên ở từng lần", 6),
        text("Mã số", width=2.4),
        text("Các năm", width=1.6),
        text("Loại", "Mức giống nhau của cặp xa nhau nhất", 2.2),
    )
    rows = tuple(
        ("; ".join(filter(None, each.titles)), ", ".join(each.ids), year_list(each.years), kind_name(each.kind))
        for each in found
    )
    note = "Máy chỉ nêu để xem xét; nhiệm vụ nối tiếp có nêu kết quả giai đoạn trước thì không phải là trùng lặp."
    return Grid("Nộp lại", "Nhiệm vụ được đề xuất nhiều lần", columns, rows, note)


def suggestions_table(suggestions: Sequence[Suggestion]) -> Grid:
    """Return the questions for the next announcement with what they rest on."""
    columns = (text("Câu hỏi", width=5), text("Căn cứ", width=5))
    rows = tuple((each.text, "; ".join(each.evidence)) for each in suggestions)
    return Grid("Câu hỏi", "Câu hỏi cho thông báo năm sau", columns, rows)


def lines_table(name: str, lines: Sequence[str]) -> Grid:
    """Return sentences as a table, for a workbook."""
    return Grid(name, name, (text("Nội dung", width=10),), tuple((line,) for line in lines))


def years_table(analysis: Analysis) -> Grid:
    """Return the number of proposals by year."""
    columns = (text("Năm", width=1), Column("Số đề xuất", "Không tính mục không phải là đề xuất hoặc không đọc được"))
    rows = tuple((str(year), analysis.proposals.get(year, 0)) for year in analysis.years)
    return Grid("Tổng số", "Số đề xuất theo năm", columns, rows)


def _counts(movement: Movement, years: Sequence[int]) -> tuple[Cell, ...]:
    counted = sum(each.count for each in movement.by_year.values())
    whole = share(counted, sum(each.total for each in movement.by_year.values()))
    words = f"{percent(whole.mean)} ({percent_span(whole.low, whole.high)})"
    return (*_by_year(movement, years), counted, words, trend_words(movement))


def _by_year(movement: Movement, years: Sequence[int]) -> tuple[Cell, ...]:
    return tuple(movement.by_year[year].count if year in movement.by_year else None for year in years)
