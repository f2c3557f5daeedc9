"""What was proposed outside all orientations, grouped by what it is about."""

from __future__ import annotations

from matcher.trends.figures.specs import Bar, Bars, Figure
from matcher.trends.grid import Column, Grid, text
from matcher.trends.numbers import number, year_list
from matcher.trends.records import Analysis

_MOST = 20


def outside(analysis: Analysis) -> Figure | None:
    """Return the groups as bars, the largest first."""
    groups = sorted(analysis.outside, key=lambda each: -each.size)
    if not groups:
        return None
    table = Grid(
        "Ngoài định hướng",
        "Các nhóm đề xuất ngoài định hướng",
        (
            text("Nội dung", "Những từ mà các đề xuất của nhóm hay dùng", 4),
            Column("Số đề xuất"),
            text("Các năm", width=2),
            text("Ví dụ", "Mã số đề xuất", 4),
        ),
        tuple((each.label, each.size, year_list(each.years), ", ".join(each.examples)) for each in groups),
        "Ngoài định hướng vẫn có thể đề xuất nếu rất cần thiết và cấp bách.",
    )
    bars = tuple(Bar(each.label, f"{each.label}: {each.size} đề xuất", each.size) for each in groups[:_MOST])
    caption = (
        f"{number(sum(each.size for each in groups))} đề xuất ngoài định hướng hợp thành {number(len(groups))} nhóm "
        f"cùng nội dung; lớn nhất là «{groups[0].label}» với {number(groups[0].size)} đề xuất. Nhóm do máy gom theo "
        "nội dung, tên nhóm là những từ hay gặp: cần người đọc các ví dụ trước khi kết luận."
    )
    return Figure("outside", "Đề xuất ngoài định hướng theo nội dung", caption, Bars(bars, "số đề xuất"), table)
