"""Which orientations were answered in which year, under their fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.trends.figures.labels import named
from matcher.trends.figures.specs import Figure, HeatMap, HeatRow
from matcher.trends.grid import Column, Grid, text
from matcher.trends.numbers import number
from matcher.trends.records import Analysis, Demand

#: Rows that fit on a page of paper.
_PAGE = 34


def coverage(analysis: Analysis) -> Iterator[Figure]:
    """Yield heat maps of the orientations by year, whole fields together, as many as pages are needed."""
    fields = {each.id: each.name for each in analysis.fields}
    pages = list(_pages([(each, field_of(each.id, fields)) for each in analysis.orientations]))
    for page, rows in enumerate(pages, 1):
        part = f" (phần {page}/{len(pages)})" if len(pages) > 1 else ""
        yield _figure(analysis.years, rows, page, part)


def field_of(orientation: str, fields: dict[str, str]) -> str:
    """Return the name of the field that an orientation's id tells, «2023:1.7» and «1.7» alike; "" where unknown.

    >>> field_of("2023:1.7", {"1": "Khoa học"}), field_of("x", {})
    ('Khoa học', '')
    """
    year, _, own = orientation.rpartition(":")
    number = own.partition(".")[0] if "." in own else ""
    return fields.get(f"{year}:{number}") or fields.get(number, "")


def _pages(rows: Sequence[tuple[Demand, str]]) -> Iterator[list[tuple[Demand, str]]]:
    groups: dict[str, list[tuple[Demand, str]]] = {}
    for demand, field in rows:
        groups.setdefault(field, []).append((demand, field))
    page: list[tuple[Demand, str]] = []
    for group in groups.values():
        if page and len(page) + len(group) > _PAGE:
            yield page
            page = []
        for start in range(0, len(group), _PAGE):
            if start:
                yield page
                page = []
            page = page + group[start : start + _PAGE]
    if page:
        yield page


def _figure(years: tuple[int, ...], rows: Sequence[tuple[Demand, str]], page: int, part: str) -> Figure:
    columns = tuple(str(year) for year in years)
    heat = tuple(
        HeatRow(named(each.id, each.name), named(each.id, each.name), field, _cells(each, years))
        for each, field in rows
    )
    table = Grid(
        f"Độ phủ {page}",
        f"Số đề xuất theo định hướng và năm{part}",
        (text("Lĩnh vực", width=2.5), text("Định hướng", width=6), *(Column(year) for year in columns)),
        tuple((row.group, row.label, *row.cells) for row in heat),
        "Dấu – : năm đó thông báo không nêu định hướng này.",
    )
    missing = [each for each, _ in rows if not each.answered]
    few = f"{number(len(missing))} trong {number(len(rows))} định hướng ở hình không có đề xuất nào"
    ids = f": {', '.join(each.id for each in missing[:12])}{'…' if len(missing) > 12 else ''}" if missing else ""
    caption = (
        f"Mỗi ô là số đề xuất phù hợp với định hướng trong năm; ô càng đậm càng nhiều, ô 0 là đã nêu mà chưa ai đề "
        f"xuất, ô – là năm đó không nêu. {few}{ids}. Đây là số đếm theo định hướng khớp nhất của từng đề xuất; "
        "chênh lệch vài đề xuất giữa hai ô có thể chỉ là ngẫu nhiên."
    )
    return Figure(
        f"coverage-{page}", f"Độ phủ định hướng theo năm{part}", caption, HeatMap(columns, heat, "đề xuất"), table
    )


def _cells(demand: Demand, years: tuple[int, ...]) -> tuple[int | None, ...]:
    shares = demand.movement.by_year
    return tuple(shares[year].count if year in shares and year in demand.years_asked else None for year in years)
