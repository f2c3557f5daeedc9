"""The JSON of `matcher trends`, as CONTRACT has it."""

import io
import json

from matcher.trends.contract import write_json

from . import samples


def written(analysis):
    stream = io.BytesIO()
    write_json(analysis, stream)
    return json.loads(stream.getvalue())


def test_it_has_the_contracts_shape():
    record = written(samples.analysis())
    assert record["years"] == [2023, 2024, 2025]
    series = {"id", "by_year", "answered", "trend", "interval"}
    for part in ("orientations", "fields", "plans"):
        assert all(series <= each.keys() for each in record[part])
    rising = next(each for each in record["orientations"] if each["id"] == "2.2")
    assert (rising["by_year"], rising["trend"]) == ({"2023": 2, "2024": 9, "2025": 22}, "rising")
    assert rising["interval"] == [0.05, 0.26] and rising["answered"] is True
    assert next(each for each in record["orientations"] if each["id"] == "1.2")["answered"] is False
    topic = {"id", "label", "words", "by_year", "trend", "interval", "stability", "examples"}
    assert all(topic <= each.keys() for each in record["topics"])
    assert all({"label", "size", "examples"} <= each.keys() for each in record["outside"])
    assert record["resubmissions"][0]["ids"] == ["2023-P1", "2024-P4"]
    assert record["resubmissions"][0]["kind"] == "revised"
    kinds = {each["kind"] for each in record["suggestions"]}
    assert kinds <= {"unanswered", "overlap", "outside_cluster", "oversubscribed"}
    assert all(each["evidence"] for each in record["suggestions"])


def test_a_bound_without_end_is_null():
    record = written(samples.analysis())
    plan = next(each for each in record["plans"] if each["id"] == "15/KH-UBND")
    assert plan["gap"] == [0.0, None]


def test_an_analysis_of_nothing_is_written():
    record = written(samples.empty())
    assert record["proposals"] == {"2025": 0} and record["topics"] == []
