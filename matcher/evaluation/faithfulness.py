"""Are explanations faithful? What a match loses without its evidence, against losing as many words drawn by lot.

The measure is comprehensiveness (DeYoung et al., 2020, «ERASER»): the evidence is cut out of the proposal, the
proposal is ranked again, and the fall of the match is compared with that after cutting random spans of content words.
Spans drawn by lot may hit the evidence too, so the figure understates the difference.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.evaluation.intervals import Difference, Interval, bootstrap, paired_difference
from matcher.evaluation.judgments import Judgment, proposal_of
from matcher.matching import CHUNK, Matcher
from matcher.ranking import Ranking
from matcher.records import EvidenceSpan, Proposal
from matcher.segmenting import Segmenter, Word, WordKind

#: Proposals measured, and random cuts of each.
SAMPLE, CUTS = 120, 5
#: Draws made for one random cut, and how far its length may be from the evidence's.
_DRAWS, _SLACK = 50, 0.15

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Loss:
    """How far the best match falls: in log-odds and in probability, without the evidence and without random words.

    `difference` is the paired difference of the two, `without_evidence` − `without_random`.
    """

    without_evidence: Interval
    without_random: Interval
    difference: Difference

    def to_record(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            "without_evidence": self.without_evidence.to_record(),
            "without_random": self.without_random.to_record(),
            "difference": asdict(self.difference),
        }


@dataclass(frozen=True, slots=True)
class Faithfulness:
    """What cutting the evidence does, over judged proposals whose best match is right.

    Attributes
    ----------
    proposals, unexplained, whole : int
        Proposals measured, and those left out: without evidence for their best match, or with all their words in it,
        so that nothing else could be drawn.
    cuts : int
        Random cuts of each proposal.
    log_odds, probability : Loss
        Of the best match.
    lower : Interval
        Share of proposals where the evidence takes away more than random words do on average.
    covered : Interval
        Share of the content words, by length, that the evidence covers.
    """

    proposals: int
    unexplained: int
    whole: int
    cuts: int
    log_odds: Loss
    probability: Loss
    lower: Interval
    covered: Interval

    def to_record(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            "proposals": self.proposals,
            "unexplained": self.unexplained,
            "whole": self.whole,
            "cuts": self.cuts,
            "log_odds": self.log_odds.to_record(),
            "probability": self.probability.to_record(),
            "lower": self.lower.to_record(),
            "covered": self.covered.to_record(),
        }


def faithfulness(
    judgments: Sequence[Judgment],
    matcher: Matcher,
    *,
    sample: int = SAMPLE,
    cuts: int = CUTS,
    seed: int = 0,
) -> Faithfulness:
    """Measure how much more a match rests on its evidence than on other words.

    Parameters
    ----------
    judgments : sequence of Judgment
        Against the matcher's announcement; those whose best match is not relevant are passed over.
    matcher : Matcher
        With at least one match explained.
    sample, cuts, seed : int
        Proposals measured at most, random cuts of each, and what draws both.

    Examples
    --------
    >>> from matcher.evaluation.benchmark import read_benchmark
    >>> judged = next(each for each in read_benchmark() if each.name == "lang-son-2025")
    >>> matcher = Matcher.from_announcement(judged.announcement)  # doctest: +SKIP
    >>> print(faithfulness(judged.judgments, matcher).log_odds.difference)  # doctest: +SKIP
    """
    segmenter = Segmenter()
    cases = [_cut(case, segmenter, cuts, seed) for case in _cases(judgments, matcher, sample, seed)]
    measured = [case for case in cases if case.cuts]
    rankings = iter(matcher.rank([without(case.proposal, spans) for case in measured for spans in case.cuts]))
    falls = np.array([[_fall(case.ranking, next(rankings)) for _ in case.cuts] for case in measured])
    falls = falls.reshape(len(measured), 1 + cuts, 2)
    evidence, chance = falls[:, 0], falls[:, 1:].mean(axis=1)
    unexplained = sum(not case.evidence for case in cases)
    return Faithfulness(
        proposals=len(measured),
        unexplained=unexplained,
        whole=len(cases) - len(measured) - unexplained,
        cuts=cuts,
        log_odds=_loss(evidence[:, 0], chance[:, 0], seed),
        probability=_loss(evidence[:, 1], chance[:, 1], seed),
        lower=bootstrap((evidence[:, 0] > chance[:, 0]).astype(float), seed=seed),
        covered=bootstrap([case.covered for case in measured], seed=seed),
    )


def without(proposal: Proposal, spans: Sequence[EvidenceSpan]) -> Proposal:
    """Return a proposal with spans cut out of its sections."""
    sections = dict(proposal.sections)
    for span in sorted(spans, key=lambda span: -span.start):
        text = sections[span.section]
        sections[span.section] = f"{text[: span.start]} {text[span.end :]}"
    return replace(proposal, sections={name: _tidy(text) for name, text in sections.items()})


def random_spans(
    spans: Sequence[EvidenceSpan], words: Mapping[str, Sequence[Word]], rng: random.Random
) -> tuple[EvidenceSpan, ...]:
    """Draw as many spans of as many neighbouring content words in the same sections, of about the same total length.

    They may overlap those given but are never the same; none come where no others can be drawn.

    Parameters
    ----------
    spans : sequence of EvidenceSpan
        What the draw is like.
    words : mapping of str to sequence of Word
        The content words of each section.
    rng : random.Random
        Draws; the first draw near enough in length is taken, else the nearest.
    """
    wanted = _length(spans)
    given = {(span.section, span.start, span.end) for span in spans}
    best: tuple[EvidenceSpan, ...] = ()
    gap = float("inf")
    for _ in range(_DRAWS):
        drawn = _draw(spans, words, rng)
        if (
            given != {(span.section, span.start, span.end) for span in drawn}
            and drawn
            and abs(_length(drawn) - wanted) < gap
        ):
            best, gap = drawn, abs(_length(drawn) - wanted)
        if gap <= _SLACK * wanted:
            break
    return best


@dataclass(frozen=True, slots=True)
class _Case:
    """A proposal with its ranking and what is cut out of it: the evidence first, then what was drawn by lot."""

    proposal: Proposal
    ranking: Ranking
    evidence: tuple[EvidenceSpan, ...]
    cuts: tuple[tuple[EvidenceSpan, ...], ...] = ()
    covered: float = 0.0


def _cases(judgments: Sequence[Judgment], matcher: Matcher, sample: int, seed: int) -> list[_Case]:
    """Return proposals drawn from those whose best match is right."""
    inside = [judgment for judgment in judgments if judgment.inside]
    random.Random(seed).shuffle(inside)
    cases: list[_Case] = []
    for at in range(0, len(inside), CHUNK):
        part = inside[at : at + CHUNK]
        found = zip(part, matcher.rank([proposal_of(judgment) for judgment in part]), strict=True)
        right = [(judgment, ranking) for judgment, ranking in found if ranking.best in judgment.relevant]
        taken = right[: sample - len(cases)]
        explained = matcher.assess([proposal_of(judgment) for judgment, _ in taken])
        for (_, ranking), assessment in zip(taken, explained, strict=True):
            evidence = tuple(piece.proposal for piece in assessment.matches[0].evidence)
            cases.append(_Case(assessment.proposal, ranking, evidence))
        if len(cases) == sample:
            break
    return cases


def _cut(case: _Case, segmenter: Segmenter, cuts: int, seed: int) -> _Case:
    """Add the cuts to a case; it stays without any where there is no evidence, or nothing but evidence."""
    texts = {span.section: case.proposal.sections[span.section] for span in case.evidence}
    words = {name: [w for w in segmenter.segment(text) if w.kind is WordKind.CONTENT] for name, text in texts.items()}
    rngs = [random.Random(f"{seed} {case.proposal.id} {number}") for number in range(cuts)]
    wanted = (case.evidence, *(random_spans(case.evidence, words, rng) for rng in rngs))
    if not all(spans and without(case.proposal, spans).title for spans in wanted):
        return case
    covered = _length(case.evidence) / sum(_length(mine) for mine in words.values())
    return replace(case, cuts=wanted, covered=covered)


def _draw(
    spans: Sequence[EvidenceSpan], words: Mapping[str, Sequence[Word]], rng: random.Random
) -> tuple[EvidenceSpan, ...]:
    """Draw spans that do not overlap, the longest first; none where they do not find room."""
    drawn: list[EvidenceSpan] = []
    for span in sorted(spans, key=lambda span: span.start - span.end):
        mine = words[span.section]
        count = max(1, sum(span.start <= word.start and word.end <= span.end for word in mine))
        runs = [
            EvidenceSpan(span.section, one.start, two.end, "")
            for one, two in zip(mine, mine[count - 1 :], strict=False)
            if not any(span.section == each.section and _overlap(each, one.start, two.end) for each in drawn)
        ]
        if not runs:
            return ()
        drawn.append(rng.choice(runs))
    return tuple(drawn)


def _overlap(span: EvidenceSpan, start: int, end: int) -> bool:
    return span.start < end and start < span.end


def _length(spans: Sequence[EvidenceSpan] | Sequence[Word]) -> int:
    return sum(span.end - span.start for span in spans)


def _tidy(text: str) -> str:
    return re.sub(r" (?=[,.;:)])", "", " ".join(text.split())).strip(" ,.;:")


def _fall(before: Ranking, after: Ranking) -> tuple[float, float]:
    """Return how far what was the best match falls, in log-odds and in probability."""
    best = int(before.order[0])
    return (
        float(before.logit[best] - after.logit[best]),
        float(before.probability[best] - after.probability[best]),
    )


def _loss(evidence: Floats, chance: Floats, seed: int) -> Loss:
    return Loss(
        bootstrap(evidence, seed=seed), bootstrap(chance, seed=seed), paired_difference(evidence, chance, seed=seed)
    )
