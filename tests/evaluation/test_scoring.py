"""Everything that is said about a system, against hand-counted cases and against the script that decides."""

import importlib.util
import math
from pathlib import Path

import numpy as np
import pytest

from matcher.errors import InputError
from matcher.evaluation import gather_judgments, paired_difference, read_results, score
from matcher.evaluation.comparison import best_baseline
from matcher.evaluation.judgments import proposal_of
from matcher.proposal import read_proposals

from .systems import gold_line, prediction_line, random_run, write_lines

ORACLE = Path(__file__).parents[3] / "shared" / "checks" / "score.py"
#: Our name of a figure, and the script's.
SAME = {
    "ndcg@5": "nDCG5", "recall@3": "R3", "precision@1": "P1", "mrr": "MRR", "macro_recall@3": "macroR3",
    "plan@1": "plan1", "field@1": "field1", "outside_auroc": "off_AUROC", "outside_fpr95": "off_FPR95",
    "inside_lost": "lost", "uncertain": "to_read", "outside_caught": "off_caught", "ece_pairs": "ECE",
}  # fmt: skip


def scored(folder: Path, gold: list, predictions: list):
    judgments = gather_judgments([write_lines(folder / "gold.jsonl", gold)])
    return score(judgments, read_results(write_lines(folder / "run.jsonl", predictions)))


@pytest.mark.skipif(not ORACLE.is_file(), reason="the script is not part of the repository")
@pytest.mark.parametrize("seed", range(3))
def test_figures_agree_with_the_script_that_decides(tmp_path: Path, seed: int) -> None:
    spec = importlib.util.spec_from_file_location("score_script", ORACLE)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    gold, predictions = random_run(seed)
    theirs = script.evaluate(gold, predictions, boots=0)
    ours = scored(tmp_path, gold, predictions).figures
    assert {name: round(ours[name].mean, 4) for name in SAME} == {name: theirs[other] for name, other in SAME.items()}


def test_every_interval_holds_its_figure_and_comes_out_the_same_twice(tmp_path: Path) -> None:
    gold, predictions = random_run(7)
    one, two = (scored(tmp_path, gold, predictions) for _ in range(2))
    assert one == two
    for name, interval in one.figures.items():
        assert interval.low <= interval.mean <= interval.high, name
        assert interval.n > 0


def test_the_plan_is_right_where_it_is_that_of_the_best_orientation(tmp_path: Path) -> None:
    # Plans: 1.1 and 1.2 share one, 1.3 and 1.4 another. The first ranked decides each.
    gold = [
        gold_line("a", {"1.1": 2, "1.3": 1}),
        gold_line("b", {"1.1": 2, "1.3": 1}),
        gold_line("c", {"1.3": 1}),
        gold_line("d", {}),
    ]
    predictions = [
        prediction_line("a", {"1.2": 0.9, "1.1": 0.5}),  # another bullet of the right plan: right
        prediction_line("b", {"1.3": 0.9, "1.1": 0.5}),  # the plan of a grade 1 though there is a grade 2: wrong
        prediction_line("c", {"1.4": 0.9, "1.3": 0.5}),  # no grade 2: any relevant one counts: right
        prediction_line("d", {"1.1": 0.9}),  # outside: does not count
    ]
    plan = scored(tmp_path, gold, predictions).figures["plan@1"]
    assert (plan.mean, plan.n) == (pytest.approx(2 / 3), 3)


def test_scope_by_kind_compares_each_with_all_inside(tmp_path: Path) -> None:
    gold = [gold_line(f"i{n}", {"1.1": 2}) for n in range(4)]
    gold += [gold_line("n", {}, outside="near"), gold_line("f", {}, outside="far")]
    said = {"i0": 0.1, "i1": 0.2, "i2": 0.3, "i3": 0.6, "n": 0.25, "f": 0.9}
    states = {"i3": "outside", "n": "uncertain", "f": "outside"}
    predictions = [prediction_line(key, {"1.1": 0.5}, said[key], states.get(key, "aligned")) for key in said]
    figures = {name: interval.mean for name, interval in scored(tmp_path, gold, predictions).figures.items()}
    assert figures["outside_auroc_near"] == pytest.approx(0.5)  # above two of the four inside
    assert figures["outside_auroc_far"] == 1
    assert figures["outside_auroc"] == pytest.approx(0.75)
    assert (figures["outside_fpr95_near"], figures["outside_fpr95_far"]) == (0.5, 0)
    assert figures["outside_aupr_near"] == pytest.approx(1 / 3)  # two false ones come before it
    assert (figures["inside_lost"], figures["outside_caught"]) == (0.25, 0.5)
    assert (figures["outside_caught_near"], figures["outside_caught_far"]) == (0, 1)
    assert figures["uncertain"] == pytest.approx(1 / 6)
    assert "outside_auroc_invalid" not in figures


def test_groups_counts_and_orientations(tmp_path: Path) -> None:
    gold = [
        gold_line("a", {"1.1": 2}, difficulty="plain", synthetic=True),
        gold_line("b", {"1.10": 2}, difficulty="far_wording", synthetic=True),
        gold_line("c", {"1.9": 2}),
        gold_line("d", {}, difficulty="plain"),
    ]
    right = {"1.1": 0.9, "1.9": 0.8, "1.2": 0.4, "1.3": 0.3, "1.4": 0.2, "1.10": 0.1}
    found = scored(tmp_path, gold, [prediction_line(key, right) for key in "abcd"])
    assert found.groups["difficulty"]["plain"].mean == 1
    assert found.groups["difficulty"]["far_wording"].mean == 0
    assert {name: i.n for name, i in found.groups["source"].items()} == {"real": 1, "synthetic": 2}
    assert "voice" not in found.groups
    assert (found.counts.judged, found.counts.inside, found.counts.outside, found.counts.synthetic) == (4, 3, 1, 2)
    assert list(found.orientations.items()) == [("1.1", (1, 1)), ("1.9", (1, 1)), ("1.10", (0, 1))]


def test_a_system_that_says_little_is_scored_on_what_it_says(tmp_path: Path) -> None:
    gold = [gold_line("a", {"1.1": 2}), gold_line("b", {"1.2": 2}), gold_line("c", {})]
    bare = [
        {"proposal": {"id": "a"}, "matches": [{"rank": 1, "orientation": "1.1", "probability": 1}]},
        {"proposal": {"id": "b"}, "matches": []},
        {"proposal": {"id": "c"}, "matches": []},
    ]
    figures = scored(tmp_path, gold, bare).figures
    assert figures["precision@1"].mean == 0.5
    assert not {"plan@1", "outside_auroc", "inside_lost", "outside_caught"} & figures.keys()


def test_only_proposals_outside(tmp_path: Path) -> None:
    gold = [gold_line("a", {}, outside="near"), gold_line("b", {}, outside="far")]
    found = scored(tmp_path, gold, [prediction_line(key, {"1.1": 0.3}, 0.9, "outside") for key in "ab"])
    assert found.figures["outside_caught"].mean == 1
    assert "ndcg@5" not in found.figures
    assert found.roc == {}


def test_paired_comparison_sees_a_small_steady_gain_that_single_intervals_hide() -> None:
    rng = np.random.default_rng(0)
    base = rng.random(100)
    gap = paired_difference(base + 0.01, base)
    assert (gap.mean, gap.above) == (pytest.approx(0.01), 1)
    assert gap.low > 0
    none = paired_difference(base, rng.permutation(base))
    assert none.low < 0 < none.high
    assert 0.02 < none.above < 0.98
    assert paired_difference([math.nan], [1.0]).n == 0


def test_ours_is_compared_with_the_best_baseline(tmp_path: Path) -> None:
    judgments = gather_judgments([write_lines(tmp_path / "g.jsonl", [gold_line("a", {"1.1": 2}), gold_line("b", {})])])
    ours = {"a": ["1.1", "1.2"], "b": ["1.1"]}
    others = {"bad": {"a": ["1.2", "1.3"], "b": []}, "good": {"a": ["1.2", "1.1"], "b": []}}
    name, gap = best_baseline(judgments, ours, others)
    assert (name, gap.n) == ("good", 1)
    assert gap.mean == pytest.approx(1 - 1 / math.log2(3))


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"matches": [{"rank": 1, "orientation": "1.1", "probability": 1.5}]}, "1.5 is no probability"),
        ({"matches": [{"rank": 1, "orientation": "1.1", "probability": float("nan")}]}, "is no probability"),
        ({"matches": [{"rank": r, "orientation": "1.1", "probability": 0.5} for r in (1, 2)]}, "ranked twice"),
        ({"matches": [{"orientation": "1.1", "probability": 0.5}]}, "'rank' is missing"),
        ({"state": "perhaps"}, "'perhaps'"),
        ({"outside_probability": "high"}, "high"),
        ({"proposal": []}, "no record"),
    ],
)
def test_predictions_that_break_the_contract_are_named_with_their_line(tmp_path: Path, change: dict, word: str) -> None:
    lines = [prediction_line("a", {"1.1": 0.5}), prediction_line("b", {"1.1": 0.5}) | change]
    with pytest.raises(InputError, match=word) as caught:
        read_results(write_lines(tmp_path / "run.jsonl", lines))
    assert caught.value.place == "line 2"


def test_a_proposal_that_comes_twice_is_refused(tmp_path: Path) -> None:
    line = prediction_line("a", {"1.1": 0.5})
    with pytest.raises(InputError, match="a second time"):
        read_results(write_lines(tmp_path / "run.jsonl", [line, line]))
    gold = write_lines(tmp_path / "g.jsonl", [gold_line("a", {"1.1": 2})])
    with pytest.raises(InputError, match="judged twice: a"):
        gather_judgments([gold, gold])


def test_a_judged_text_is_read_as_a_table_would_be(tmp_path: Path) -> None:
    raw = "1.  Nghiên cứu hoa\u0300 bình…………… "
    gold = [gold_line("a", {"1.1": 2}, objective="Mục tiêu: …") | {"title": raw}]
    file = write_lines(tmp_path / "g.jsonl", gold)
    (read,) = read_proposals([file])
    mine = proposal_of(gather_judgments([file])[0])
    assert dict(mine.sections) == {name: read.sections[name] for name in mine.sections}
    assert "…" not in mine.title
