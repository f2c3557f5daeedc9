"""A small announcement and its assessments, made up for these tests (synthetic): every state, kind and misfortune."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace  # noqa: F401  (for the tests)
from datetime import date
from types import MappingProxyType

from matcher.records import (
    Announcement,
    Assessment,
    Basis,
    Citation,
    DuplicateKind,
    DuplicatePair,
    Evidence,
    EvidenceSpan,
    Field,
    Flag,
    Form,
    FormReport,
    Match,
    MatchedPlan,
    NotChosen,
    Orientation,
    Plan,
    Problem,
    Proposal,
    RankedPlan,
    Reason,
    Source,
    Span,
    State,
    Status,
)
from matcher.reporting import FileNote, Manifest, RegisterNote, Report
from matcher.settings import Settings

HOSTILE = "</script><img src=x onerror=alert(1)>"

TEXTS = {
    "1.1": "Nghiên cứu chọn lọc, nhân giống cây hồi có năng suất cao; xây dựng mô hình trồng thâm canh theo chuỗi giá trị.",
    "1.2": "Ứng dụng công nghệ bảo quản, chế biến sâu các sản phẩm từ quả hồng không hạt.",
    "2.1": "Nghiên cứu giải pháp chuyển đổi số trong quản lý hồ sơ đất đai cấp xã.",
    "2.2": "Nghiên cứu xử lý rác thải sinh hoạt tại vùng nông thôn <miền núi>.",
}
PLANS = (
    Plan(
        "901/KH-UBND",
        "Kế hoạch",
        date(2023, 3, 3),
        "UBND tỉnh (giả định)",
        "Phát triển cây đặc sản đến năm 2030",
        True,
    ),
    Plan("902/QĐ-UBND", "Quyết định", None, "UBND tỉnh (giả định)", "Phê duyệt đề án chuyển đổi số", True),
    Plan(
        "903/NQ-HĐND",
        "Nghị quyết",
        date(2022, 7, 9),
        "HĐND tỉnh (giả định)",
        "Bảo vệ môi trường nông thôn",
        False,
    ),
)
CITED = {
    "1.1": (Citation("901/KH-UBND", Basis.EXPLICIT, 1),),
    "1.2": (Citation("901/KH-UBND", Basis.INHERITED, 1),),
    "2.1": (Citation("902/QĐ-UBND", Basis.INLINE),),
    "2.2": (),
}


def announcement() -> Announcement:
    return Announcement(
        name="vi-du",
        issuer="Sở KH&CN tỉnh Ví Dụ",
        number="12/TB-SKHCN",
        date=date(2024, 3, 8),
        deadline=date(2024, 5, 15),
        title="Định hướng đề xuất đặt hàng nhiệm vụ khoa học và công nghệ (ví dụ giả định)",
        receiving_office="Phòng Quản lý khoa học",
        requirements=("Có địa chỉ ứng dụng.",),
        exception="Ngoài các định hướng trên, có thể đề xuất nhiệm vụ rất cần thiết và cấp bách.",
        fields=(Field(1, "Nông nghiệp"), Field(2, "Khoa học kỹ thuật và công nghệ")),
        orientations=tuple(
            Orientation(id_, int(id_[0]), text, Span(0, 0), tuple(text.rstrip(".").split("; ")), CITED[id_])
            for id_, text in TEXTS.items()
        ),
        plans=PLANS,
        form=Form((), 4),
        integrity=(Problem("differing_dates", "Văn bản 902/QĐ-UBND không ghi ngày.", "chú thích 2"),),
    )


def evidence(
    proposal_text: str, ours: str, bullet: str, theirs: str, section: str = "title", weight: float = 0.3
) -> Evidence:
    start, other = proposal_text.index(ours), TEXTS[bullet].index(theirs)
    return Evidence(
        EvidenceSpan(section, start, start + len(ours), ours),
        EvidenceSpan("orientation", other, other + len(theirs), theirs),
        weight,
    )


def matched_plan(bullet: str) -> MatchedPlan:
    if not CITED[bullet]:
        return MatchedPlan("", None, "", Basis.NONE, 0.0)
    citation = CITED[bullet][0]
    plan = next(each for each in PLANS if each.id == citation.plan)
    return MatchedPlan(plan.id, plan.date, plan.title, citation.basis, 0.8)


def matches(
    *ranked: tuple[str, float], first: Sequence[Evidence] = (), uncovered: Sequence[str] = ()
) -> tuple[Match, ...]:
    return tuple(
        Match(
            rank=rank,
            orientation=bullet,
            field=int(bullet[0]),
            probability=probability,
            scores=MappingProxyType({"dense": 0.7, "lexical": 0.4, "plan": 0.2}),
            plan=matched_plan(bullet),
            evidence=tuple(first) if rank == 1 else (),
            uncovered=tuple(uncovered) if rank == 1 else (),
        )
        for rank, (bullet, probability) in enumerate(ranked, 1)
    )


def proposal(
    id_: str,
    title: str,
    row: int,
    status: Status = Status.OK,
    problems: Sequence[Problem] = (),
    **sections: str,
) -> Proposal:
    return Proposal(
        id=id_,
        sections=MappingProxyType({"title": title, **sections} if title else {}),
        source=Source("đề xuất.xlsx", row),
        status=status,
        problems=tuple(problems),
        extra=MappingProxyType({"Người liên hệ": "(để trống)"}) if row == 2 else MappingProxyType({}),
    )


PAIR = DuplicatePair(
    "P1", "P2", "batch", DuplicateKind.REVISED, 0.93,
    (Reason("title", 2.1, "Tên trùng 9 trên 10 từ"), Reason("place", -0.4, "Khác huyện")), "C1",
)  # fmt: skip
PAST = DuplicatePair("P1", "DM-07", "register", DuplicateKind.OVERLAP, 0.31, (Reason("content", 0.2, "Cùng cây hồi"),))
ELSEWHERE = DuplicatePair("P3", "P6", "batch", DuplicateKind.SAME_METHOD_ELSEWHERE, 0.71)


def assessments() -> list[Assessment]:
    first = "Nghiên cứu nhân giống cây hồi năng suất cao tại huyện giả định"
    form = FormReport(
        ((1, "Tên nhiệm vụ", True), (2, "Lý do đề xuất", False)), 5,
        (MappingProxyType({"code": "over_page_limit", "item": None, "message": "Phiếu dài 5 trang, quá 4 trang.", "where": "trang 5"}),),
    )  # fmt: skip
    spans = (
        evidence(first, "nhân giống cây hồi", "1.1", "nhân giống cây hồi", weight=0.5),
        evidence(first, "năng suất cao", "1.1", "năng suất cao"),
    )
    return [
        Assessment(
            proposal("P1", first, 2, organisation="Trung tâm Giống (giả định)", objective="Chọn được giống hồi tốt"),
            Flag(State.ALIGNED, 0.04, ("Định hướng 1.1 bao quát cây hồi và nhân giống",)),
            matches(("1.1", 0.914), ("1.2", 0.31), ("2.2", 0.02), ("2.1", 0.0), first=spans, uncovered=["xây dựng mô hình trồng thâm canh theo chuỗi giá trị"]),
            (RankedPlan(1, "901/KH-UBND", 0.9, ("1.1", "1.2")),),
            (PAIR, PAST),
            form,
            NotChosen("1.2", 0.31, "1.1", (Reason("words", -1.4, "ít từ chung hơn"),)),
        ),
        Assessment(
            proposal("P2", "Nhân giống cây hồi năng suất cao", 3),
            Flag(State.UNCERTAIN, 0.5),
            matches(("1.1", 0.55), ("2.1", 0.12), ("1.2", 0.1), ("2.2", 0.01)),
            duplicates=(PAIR,),
        ),
        Assessment(
            proposal("P3", "Xây dựng phần mềm quản lý thư viện trường học", 4),
            Flag(State.OUTSIDE, 0.88, ("Không định hướng nào nói về thư viện",), "Cần làm ngay trong năm học này."),
            matches(("2.1", 0.18), ("2.2", 0.03), ("1.1", 0.01), ("1.2", 0.0)),
            duplicates=(ELSEWHERE,),
        ),
        Assessment(
            proposal("P4", "asdf qwer 12345", 5),
            Flag(State.INVALID, 1.0, ("Không có từ tiếng Việt nào",)),
            matches(("2.1", 0.001), ("1.1", 0.0), ("1.2", 0.0), ("2.2", 0.0)),
        ),
        Assessment(
            proposal("P5", "", 6, Status.FAILED, [Problem("encrypted", "Tệp PDF có mật khẩu.", "trang 1")]),
            Flag(State.INVALID, 1.0),
        ),
        Assessment(
            proposal("P6", f"=cmd|'/c calc'!A0 {HOSTILE} [bold]\x1b[31m", 7, Status.PARTIAL, [Problem("page_lost", "Trang 3 không đọc được.")]),
            Flag(State.ALIGNED, 0.2),
            matches(("2.2", 0.77), ("1.1", 0.2), ("1.2", 0.1), ("2.1", 0.05)),
            duplicates=(ELSEWHERE,),
        ),
    ]  # fmt: skip


def manifest(**changes: object) -> Manifest:
    values: dict[str, object] = {
        "announcement": FileNote("vi-du", 1234, "a" * 64),
        "inputs": (FileNote("đề xuất.xlsx", 5678, "b" * 64),),
        "registers": (RegisterNote("Danh mục giả định", 40, FileNote("danh-muc.csv", 99, "c" * 64)),),
        "model": "e5-small-vi",
        "model_fingerprint": "d" * 64,
        "settings": Settings(),
    }
    return Manifest(**(values | changes))  # type: ignore[arg-type]


def report(given: object = None, language: str = "vi", **changes: object) -> Report:
    return Report(
        announcement=announcement(),
        assessments=assessments() if given is None else given,  # type: ignore[arg-type]
        manifest=manifest(**changes),
        language=language,
        task_titles=MappingProxyType({"DM-07": "Điều tra vùng trồng hồi (giả định)"}),
    )
