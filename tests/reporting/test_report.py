from dataclasses import replace

import pytest

from matcher.errors import ReadError
from matcher.records import DuplicateKind, State
from matcher.reporting import AssessmentFile, assessment_to_record, json_line

from . import samples


def test_summary_counts_what_was_read_and_what_was_not():
    summary = samples.report().summary
    assert summary.total == 6
    assert summary.states == {State.ALIGNED: 2, State.UNCERTAIN: 1, State.OUTSIDE: 1, State.INVALID: 1}
    assert (summary.failed, summary.partial) == (1, 1)  # the failed one is in no state
    assert [failure.id for failure in summary.failures] == ["P5", "P6"]


def test_coverage_counts_the_best_match_of_aligned_and_uncertain():
    summary = samples.report().summary
    assert {name: (each.aligned, each.uncertain) for name, each in summary.coverage.items()} == {
        "1.1": (1, 1), "1.2": (0, 0), "2.1": (0, 0), "2.2": (1, 0),
    }  # fmt: skip
    assert summary.coverage["1.1"].examples == ((1, "P1"), (2, "P2"))
    assert summary.answered == 2
    assert summary.plans == {"901/KH-UBND": 2, "": 1}


def test_each_pair_counts_once_and_only_above_the_threshold():
    summary = samples.report().summary
    assert summary.pairs[DuplicateKind.REVISED] == 1
    assert summary.pairs[DuplicateKind.OVERLAP] == 0  # 0.31 is below 0.50
    assert summary.pairs[DuplicateKind.SAME_METHOD_ELSEWHERE] == 1
    assert summary.duplicated == 2  # P1 and P2; the same method elsewhere is no duplicate


def test_empty_run():
    summary = samples.report([]).summary
    assert (summary.total, summary.answered, summary.failures) == (0, 0, ())
    assert list(summary.coverage) == ["1.1", "1.2", "2.1", "2.2"]


def test_an_iterator_is_refused():
    with pytest.raises(TypeError, match="more than once"):
        samples.report(iter(samples.assessments()))


def test_assessments_stream_from_a_file(tmp_path):
    path = tmp_path / "run.jsonl"
    path.write_bytes(b"".join(json_line(assessment_to_record(each)) for each in samples.assessments()))
    spooled = AssessmentFile(path)
    assert list(spooled) == list(spooled) == samples.assessments()
    assert samples.report(spooled).summary == samples.report().summary


def test_titles_of_both_sides_of_a_pair():
    report = samples.report()
    assert report.title_of(samples.PAIR, "P2") == "Nhân giống cây hồi năng suất cao"
    assert report.title_of(samples.PAST, "DM-07") == "Điều tra vùng trồng hồi (giả định)"
    assert report.title_of(replace(samples.PAST, b="DM-99"), "DM-99") == ""


@pytest.mark.parametrize(
    ("line", "says"), [(b"{\n", "no JSON"), (b"\xff\n", "no JSON"), (b"[]\n", "no record"), (b"{}\n", "'proposal'")]
)
def test_a_damaged_file_names_the_line(tmp_path, line, says):
    path = tmp_path / "run.jsonl"
    path.write_bytes(json_line(assessment_to_record(samples.assessments()[0])) + b"\n" + line)
    with pytest.raises(ReadError, match="line 3") as caught:
        list(AssessmentFile(path))
    assert says in str(caught.value)


def test_a_missing_file(tmp_path):
    with pytest.raises(ReadError, match="cannot be read"):
        list(AssessmentFile(tmp_path / "none.jsonl"))
