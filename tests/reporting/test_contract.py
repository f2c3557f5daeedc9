import json
import math
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import InputError, OutputError
from matcher.records import (
    Assessment,
    Basis,
    Contact,
    Evidence,
    EvidenceSpan,
    FilledForm,
    FilledItem,
    Flag,
    FormReport,
    Match,
    MatchedPlan,
    Proposal,
    SectionPlace,
    State,
)
from matcher.reporting import assessment_to_record, json_line, record_to_assessment
from matcher.reporting.wording import Wording

from . import samples

KEYS = [
    "proposal", "state", "outside_probability", "reasons", "urgency", "matches", "plans", "duplicates", "form",
    "not_chosen",
]  # fmt: skip


def test_record_has_the_shape_of_the_contract():
    record = assessment_to_record(samples.assessments()[0])
    assert list(record) == KEYS
    assert list(record["proposal"])[:5] == ["id", "title", "source", "status", "problems"]
    assert record["proposal"]["source"] == {"file": "đề xuất.xlsx", "row": 2}
    best = record["matches"][0]
    assert list(best) == ["rank", "orientation", "field", "probability", "scores", "plan", "evidence", "uncovered"]
    assert best["plan"] == {
        "id": "901/KH-UBND", "date": "2023-03-03", "title": "Phát triển cây đặc sản đến năm 2030",
        "basis": "explicit", "probability": 0.8,
    }  # fmt: skip
    span = best["evidence"][0]["proposal"]
    assert record["proposal"]["title"][span["start"] : span["end"]] == span["text"] == "nhân giống cây hồi"
    assert record["plans"] == [{"rank": 1, "id": "901/KH-UBND", "probability": 0.9, "orientations": ["1.1", "1.2"]}]
    assert record["not_chosen"] == {
        "orientation": "1.2", "probability": 0.31, "against": "1.1",
        "reasons": [{"part": "words", "weight": -1.4, "note": "ít từ chung hơn"}],
    }  # fmt: skip
    assert record["form"]["items"][1] == {"number": 2, "name": "Lý do đề xuất", "present": False}


def test_orientation_without_a_plan_says_none():
    record = assessment_to_record(samples.assessments()[5])
    assert record["matches"][0]["plan"] == {
        "id": "none",
        "date": None,
        "title": "",
        "basis": "none",
        "probability": 0.0,
    }
    assert record_to_assessment(record).matches[0].plan.id == ""
    assert record_to_assessment(record).matches[0].plan.basis is Basis.NONE


def test_duplicates_are_seen_from_each_side():
    first, second = (assessment_to_record(each)["duplicates"][0] for each in samples.assessments()[:2])
    assert (first["with"], second["with"]) == ("P2", "P1")
    assert first["reasons"][0] == {"part": "title", "weight": 2.1, "note": "Tên trùng 9 trên 10 từ"}


@pytest.mark.parametrize("assessment", samples.assessments(), ids=lambda each: each.proposal.id)
def test_round_trip(assessment):
    record = assessment_to_record(assessment)
    again = record_to_assessment(json.loads(json_line(record)))
    assert again == assessment
    assert assessment_to_record(again) == record


def test_top_keeps_the_best_matches_only():
    assert [m["orientation"] for m in assessment_to_record(samples.assessments()[0], top=2)["matches"]] == [
        "1.1",
        "1.2",
    ]


def test_floats_are_rounded_once():
    assessment = replace(samples.assessments()[0], flag=Flag(State.ALIGNED, 1 / 3))
    assert assessment_to_record(assessment)["outside_probability"] == 0.333333
    almost = replace(assessment, flag=Flag(State.OUTSIDE, 1.0000000001))
    assert assessment_to_record(almost)["outside_probability"] == 1.0


@pytest.mark.parametrize("bad", [math.nan, math.inf, -0.01, 1.01])
def test_what_is_no_probability_is_refused(bad):
    whole = samples.assessments()[0]
    with pytest.raises(OutputError, match="proposal P1: outside_probability is"):
        assessment_to_record(replace(whole, flag=Flag(State.ALIGNED, bad)))
    match = replace(whole.matches[0], probability=bad)
    with pytest.raises(OutputError, match=r"probability of orientation 1\.1"):
        assessment_to_record(replace(whole, matches=(match,)))


def test_scores_that_are_not_finite_are_refused():
    whole = samples.assessments()[0]
    match = replace(whole.matches[0], scores=MappingProxyType({"dense": math.nan}))
    with pytest.raises(OutputError, match=r"score dense of 1\.1 is nan"):
        assessment_to_record(replace(whole, matches=(match,)))


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda d: d.pop("state"), "key 'state' is missing"),
        (lambda d: d.update(state="fine"), "fine"),
        (lambda d: d.update(matches=3), "not iterable"),
        (lambda d: d["proposal"].update(source=None), "not subscriptable"),
        (lambda d: d["matches"][0]["plan"].update(date="hôm qua"), "isoformat"),
    ],
)
def test_a_record_of_another_shape_is_an_input_error(spoil, says):
    record = assessment_to_record(samples.assessments()[0])
    spoil(record)
    with pytest.raises(InputError, match=says):
        record_to_assessment(record)


@given(st.text(st.characters(), max_size=60))
def test_any_title_gives_one_line_of_utf8_json(title):
    assessment = replace(samples.assessments()[1], proposal=samples.proposal("P", title, 1))
    line = json_line(assessment_to_record(assessment))
    assert line.endswith(b"\n")
    assert len(line.decode("utf-8").splitlines()) == 1
    shown = json.loads(line)["proposal"]["title"]
    assert len(shown) == len(title)
    if not any("\ud800" <= letter <= "\udfff" for letter in title):
        assert shown == title


def test_vietnamese_is_written_as_it_is():
    assert "Nghiên cứu nhân giống cây hồi" in json_line(assessment_to_record(samples.assessments()[0])).decode("utf-8")


def filled_proposal() -> Proposal:
    """A form as it was read, contact data with it (made up)."""
    filled = FilledForm(
        items=(
            FilledItem(1, "Tên nhiệm vụ", "Nhân giống hồi", present=True, page=1, line=4),
            FilledItem(9, "Kinh phí", present=False),
        ),
        grounds="Căn cứ Kế hoạch 901/KH-UBND",
        urgency="Cần làm ngay",
        months=24,
        budget_vnd=1_200_000_000,
        committed=True,
        sent=date(2024, 5, 10),
        contact=Contact("Người liên hệ (giả định)", "0900 000 001", "lien-he@example.vn", "Số 1 (giả định)"),
    )
    given = samples.proposal("F1", "Nhân giống hồi", 3)
    return replace(given, form=filled, pages=3)


def test_what_was_read_from_a_form_comes_back_without_contact_data():
    mended = MappingProxyType(
        {
            "code": "budget_missing", "item": 9, "message": "Chưa nêu kinh phí.", "where": "mục 9, trang 2",
            "rule": "Dự kiến nhu cầu kinh phí", "cure": "Ghi tổng kinh phí.", "severity": "error",
        }
    )  # fmt: skip
    report = FormReport(((1, "Tên nhiệm vụ", True), (9, "Kinh phí", False)), 3, (mended,))
    record = assessment_to_record(Assessment(filled_proposal(), Flag(State.UNCERTAIN, 0.5), form=report))
    written = json.dumps(record, ensure_ascii=False)
    for secret in ("0900 000 001", "lien-he@example.vn", "Người liên hệ", "Số 1 (giả định)"):
        assert secret not in written
    back = record_to_assessment(json.loads(written))
    assert back.form == report
    form = back.proposal.form
    assert (form.months, form.budget_vnd, form.committed, form.sent) == (24, 1_200_000_000, True, date(2024, 5, 10))
    assert [(item.number, item.present, item.page) for item in form.items] == [(1, True, 1), (9, False, 0)]


def test_evidence_of_a_form_names_item_and_page():
    given = filled_proposal()
    form = replace(given.form, places=(SectionPlace("title", 0, 1, 1), SectionPlace("title", 5, 1, 2)))
    ours, theirs = EvidenceSpan("title", 5, 11, given.title[5:11]), EvidenceSpan("orientation", 0, 3, "cây")
    plan = MatchedPlan("", None, "", Basis.NONE, 0.0)
    match = Match(1, "1.1", 1, 0.9, {}, plan, (Evidence(ours, theirs, 0.5),))
    assessment = Assessment(replace(given, form=form), Flag(State.ALIGNED, 0.1), (match,))
    record = assessment_to_record(assessment)
    found = record["matches"][0]["evidence"][0]["proposal"]
    assert (found["item"], found["page"]) == (1, 2)
    back = record_to_assessment(json.loads(json.dumps(record)))
    assert back.proposal.form.places == form.places
    wording = Wording(samples.report())
    assert wording.words(assessment.proposal, match).startswith("tên, mục 1, trang 2: «")
