"""Announcements in other shapes (all synthetic), each against a golden record read by eye."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from matcher.announcement import announcement_to_record, read_announcement

DATA = Path(__file__).parent.parent / "data" / "announcements"
FILES = sorted(path for path in DATA.iterdir() if path.suffix in (".txt", ".docx", ".pdf"))


def record_of(name: str) -> dict[str, Any]:
    return announcement_to_record(read_announcement(DATA / name))


def test_there_are_many_shapes() -> None:
    assert len(FILES) >= 14
    assert {path.suffix for path in FILES} == {".txt", ".docx", ".pdf"}


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_golden(path: Path, check_golden: Callable[[str, Any], None]) -> None:
    check_golden(f"announcement/{path.name}", announcement_to_record(read_announcement(path)))


@pytest.mark.parametrize(
    ("name", "bullets"),
    [
        ("01-chu-cai.txt", [3, 2, 1]),
        ("02-khong-linh-vuc.txt", [4]),
        ("03-danh-so.txt", [3, 2]),
        ("04-chu-thich-cuoi.txt", [2, 2]),
        ("05-hai-cap.txt", [3, 2, 2]),
        ("06-khong-chu-thich.txt", [2, 2]),
        ("07-dau-trang.txt", [2, 3]),
        ("08-cong-van-bo.txt", [2, 3]),
        ("09-bon-muoi.txt", [40]),
        ("10-trich-dan-ngoac.txt", [2, 1, 2]),
        ("11-phu-luc.txt", [2, 1]),
        ("12-bang-ke-hoach.docx", [2, 1]),
        ("13-chu-thich-word.docx", [7, 2, 2]),
        ("13-chu-thich-word.pdf", [7, 2, 2]),
        ("14-tron-dong.txt", [2, 1, 1]),
        ("15-bang-dinh-huong.docx", [2, 1]),
    ],
)
def test_bullets_of_each_field(name: str, bullets: list[int]) -> None:
    record = record_of(name)
    ids = [each["id"] for each in record["orientations"]]
    assert ids == [f"{field}.{place}" for field, count in enumerate(bullets, 1) for place in range(1, count + 1)]
    assert [field["id"] for field in record["fields"]] == list(range(1, len(bullets) + 1))


def test_pdf_says_what_its_docx_says() -> None:
    docx, pdf = record_of("13-chu-thich-word.docx"), record_of("13-chu-thich-word.pdf")
    for record in (docx, pdf):
        for orientation in record["orientations"]:
            del orientation["source"]
    assert pdf == docx


def test_footnotes_find_their_plans() -> None:
    cited = {each["id"]: each["citations"] for each in record_of("04-chu-thich-cuoi.txt")["orientations"]}
    assert cited["1.2"] == [
        {"plan": "210/KH-UBND", "basis": "explicit", "footnote": 1},
        {"plan": "77/QĐ-UBND", "basis": "unresolved", "footnote": 3},
    ]
    assert cited["2.2"] == [{"plan": "33/KH-UBND", "basis": "inherited", "footnote": None}]


def test_fields_do_not_lend_citations_to_each_other() -> None:
    cited = {each["id"]: each["citations"] for each in record_of("01-chu-cai.txt")["orientations"]}
    assert cited["2.2"][0]["basis"] == "inherited"
    assert cited["3.1"] == []


def test_a_plan_named_inside_a_bullet_and_in_the_preamble() -> None:
    record = record_of("06-khong-chu-thich.txt")
    cited = {each["id"]: each["citations"] for each in record["orientations"]}
    assert cited["1.1"] == [{"plan": "66/KH-UBND", "basis": "inline", "footnote": None}]
    assert [(plan["id"], plan["listed"]) for plan in record["plans"]] == [("66/KH-UBND", True), ("1250/QĐ-UBND", False)]


def test_contradictions_are_named() -> None:
    found = {(each["code"], each["where"]) for each in record_of("10-trich-dan-ngoac.txt")["integrity"]}
    assert {
        ("cited_not_listed", "chú thích 2"),
        ("listed_not_cited", "5/QĐ-UBND"),
        ("date_differs", "chú thích 1"),
        ("date_missing", "chú thích 3"),
        ("date_impossible", "30/KH-UBND"),
        ("date_in_future", "41/KH-UBND"),
        ("kind_differs", "5/QĐ-UBND"),
        ("near_identical_bullets", "1.2"),
        ("numbering_gap", "3"),
        ("numbering_gap", "chú thích 5"),
        ("footnote_duplicate", "chú thích 3"),
        ("footnote_without_body", "3.2"),
    } <= found


def test_one_template_about_forty_things_is_no_repetition() -> None:
    assert [each["code"] for each in record_of("09-bon-muoi.txt")["integrity"]] == []
