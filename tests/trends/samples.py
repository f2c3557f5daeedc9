"""An analysis made by hand: three years, with what a report must show (all made up)."""

from __future__ import annotations

import math

from matcher.trends.intervals import ratio, share
from matcher.trends.records import (
    Amounts,
    Analysis,
    Demand,
    Flow,
    Movement,
    OutsideGroup,
    Point,
    Resubmission,
    Suggestion,
    SuggestionKind,
    Tally,
    Topic,
    Trend,
)  # fmt: skip

YEARS = (2023, 2024, 2025)
TOTALS = {2023: 40, 2024: 50, 2025: 60}
#: With what is no proposal.
READ = {2023: 42, 2024: 52, 2025: 64}
FIELDS = {"1": "Khoa học và công nghệ", "2": "Nông nghiệp và phát triển nông thôn", "3": "Khoa học xã hội và nhân văn"}
BULLETS = {
    "1.1": ("Ứng dụng khoa học và công nghệ trong bảo quản, chế biến nông sản chủ lực của tỉnh", (3, 4, 5)),
    "1.2": ("Nghiên cứu giải pháp xử lý nước thải chăn nuôi tập trung quy mô hộ gia đình", (0, 0, 0)),
    "2.1": ("Chọn tạo, phục tráng giống cây trồng đặc sản; nhân giống hồi, quế, na có năng suất cao", (10, 11, 12)),
    "2.2": ("Ứng dụng công nghệ số trong quản lý sản xuất và truy xuất nguồn gốc nông sản", (2, 9, 22)),
    "2.3": ("Bảo tồn và phát triển nguồn gen vật nuôi bản địa quý hiếm", (9, 3)),
    "3.1": ("Bảo tồn, phát huy giá trị văn hóa truyền thống của các dân tộc gắn với phát triển du lịch", (4, 5, 4)),
}


def moves(counts, trend=Trend.UNCLEAR, interval=(-0.06, 0.07), totals=TOTALS):
    by_year = {year: share(n, totals[year]) for year, n in zip(YEARS, counts, strict=False)}
    return Movement(by_year, trend, interval)


def demand(id, name, counts, expected, trend=Trend.UNCLEAR, interval=(-0.06, 0.07), asked=YEARS, wordings=None):
    gap = ratio(sum(counts), expected) if expected else (0.0, math.inf)
    return Demand(id, name, asked, moves(counts, trend, interval), expected, gap, wordings or {})


def orientations():
    rising, falling = (Trend.RISING, (0.05, 0.26)), (Trend.FALLING, (-0.19, -0.02))
    found = []
    for id, (name, counts) in BULLETS.items():
        trend, interval = {"2.2": rising, "2.3": falling}.get(id, (Trend.UNCLEAR, (-0.06, 0.07)))
        wordings = {2023: "Ứng dụng công nghệ thông tin trong nông nghiệp", 2024: name} if id == "2.2" else {}
        asked = (2023, 2024) if id == "2.3" else YEARS
        found.append(demand(id, name, counts, 18.0, trend, interval, asked, wordings))
    return tuple(found)


def flows():
    plan = {"1": "53/KH-UBND", "2": "120/KH-UBND", "3": ""}
    found = [Flow(plan[id[0]], id, "aligned", sum(counts)) for id, (_, counts) in BULLETS.items() if sum(counts)]
    return (*found, Flow("", "", "uncertain", 5), Flow("", "", "outside", 42))


def points():
    topics = ("T1", "T2", "")
    return tuple(
        Point(f"2025-P{n}", f"Đề xuất số {n} về hồi và <quế>", 2023 + n % 3, topics[n % 3], "aligned",
              math.cos(n) + 3 * (n % 3), math.sin(2 * n) + n % 2)
        for n in range(30)
    )  # fmt: skip


def analysis():
    digital = Topic(
        "T1", "truy xuất nguồn gốc", ("truy xuất", "mã số vùng trồng", "công nghệ số"), 33,
        moves((2, 9, 22), Trend.RISING, (0.05, 0.26)), {FIELDS["2"]: 30, "": 3}, 0.92, ("2025-P3", "2025-P9"),
    )  # fmt: skip
    anise = Topic(
        "T2", "giống hồi", ("hồi", "giống", "ghép"), 18, moves((6, 6, 6)), {FIELDS["2"]: 18}, 0.55, ("2025-P1",)
    )
    return Analysis(
        years=YEARS,
        proposals=TOTALS,
        states=(
            Tally("aligned", moves((28, 32, 43), totals=READ)),
            Tally("uncertain", moves((2, 1, 2), Trend.STEADY, (-0.02, 0.02), READ)),
            Tally("outside", moves((10, 17, 15), totals=READ)),
            Tally("invalid", moves((2, 2, 4), totals=READ)),
        ),
        orientations=orientations(),
        fields=(
            demand("1", FIELDS["1"], (3, 4, 5), 36.0),
            demand("2", FIELDS["2"], (21, 23, 34), 54.0),
            demand("3", FIELDS["3"], (4, 5, 4), 18.0),
        ),
        plans=(
            demand("53/KH-UBND", "Kế hoạch phát triển khoa học và công nghệ năm 2023", (3, 4, 5), 36.0),
            demand("120/KH-UBND", "Kế hoạch cơ cấu lại ngành nông nghiệp", (21, 23, 34), 54.0),
            demand("15/KH-UBND", "Kế hoạch chưa định hướng nào viện dẫn", (0, 0, 0), 0.0),
        ),
        topics=(digital, anise),
        outside=(
            OutsideGroup("y tế dự phòng", 14, ("2023-P7", "2024-P2", "2025-P5"), YEARS),
            OutsideGroup("an toàn giao thông", 5, ("2024-P8",), (2024, 2025)),
        ),
        resubmissions=(
            Resubmission(("2023-P1", "2024-P4"), (2023, 2024), "revised", ("Nhân giống hồi", "Nhân giống cây hồi")),
            Resubmission(
                ("2024-P9", "DM-12"), (2021, 2024), "same_work", ("Nuôi cá hồi <lạnh>", "Mô hình cá nước lạnh")
            ),
        ),
        organisations=(Tally("Trường Cao đẳng Ví Dụ", moves((10, 12, 9))), Tally("Công ty Mẫu", moves((1, 0, 3)))),
        districts=(Tally("Huyện Ví Dụ", moves((12, 14, 20))), Tally("Thị xã Mẫu", moves((5, 4, 6)))),
        form_problems=(Tally("item_missing", moves((12, 9, 6))), Tally("budget_missing", moves((20, 22, 30)))),
        budgets=(Amounts(2023, 30, 40, (450.0, 800.0, 1234.5)), Amounts(2024, 0, 50, (0.0, 0.0, 0.0))),
        durations=(Amounts(2023, 35, 40, (18.0, 24.0, 36.0)), Amounts(2025, 2, 60, (12.0, 18.0, 24.0))),
        suggestions=(
            Suggestion(
                SuggestionKind.UNANSWERED,
                "Định hướng 1.2 ba năm không có đề xuất nào: có nên giữ, viết lại, hay bỏ?",
                ("0 đề xuất trong các năm 2023–2025", "trung bình mỗi định hướng có 18,0 đề xuất"),
            ),
            Suggestion(
                SuggestionKind.OUTSIDE_CLUSTER,
                "14 đề xuất về y tế dự phòng không thuộc định hướng nào: có cần một định hướng mới?",
                ("2023-P7", "2024-P2", "2025-P5"),
            ),
        ),
        notes=("Hai thông báo năm 2023 và 2024 khác câu chữ; các định hướng đã được đối chiếu với nhau.",),
        flows=flows(),
        points=points(),
    )


def empty():
    """One year in which nothing was proposed, and nothing is known of what was asked."""
    return Analysis((2025,), {2025: 0}, *[()] * 13, notes=("Chỉ có một năm: không nói được về xu hướng.",))
