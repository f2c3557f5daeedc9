"""What training on pairs learns from beside the judged pairs: the synthetic proposals of the benchmark.

Each was written as a work of its own. A title and its objective belong together; two proposals that lie near one
another are what a search for duplicates meets by the thousand in real batches, and are not the same work.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from matcher.encoding import Encoder
from matcher.evaluation.benchmark import read_benchmark
from matcher.evaluation.judgments import proposal_of
from matcher.evaluation.kind_fitting import apart
from matcher.flagging import Profile, Profiler
from matcher.flagging.nearest import ExactSearch
from matcher.records import Proposal

#: Titles with their objectives, by bullet.
Objectives = dict[str, list[tuple[str, str]]]

#: Neighbours of a proposal.
_MOST = 8
_FLOOR = 0.1
_FEWEST_WORDS = 6


def objectives_of(benchmark: Path | None = None) -> Objectives:
    """Return titles with their objectives by bullet, of synthetic proposals that are research."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for judged in read_benchmark(benchmark):
        for judgment in judged.judgments:
            if judgment.synthetic and judgment.inside and len(judgment.objective.split()) > _FEWEST_WORDS:
                found[f"{judged.name} {judgment.target}"][judgment.title] = judgment.objective
    return {bullet: sorted(texts.items()) for bullet, texts in sorted(found.items())}


def neighbours_of(
    encoder: Encoder, profiler: Profiler, benchmark: Path | None = None
) -> list[tuple[Proposal, Proposal]]:
    """Return pairs of proposals that lie near one another and are each a work of its own.

    Proposals of `matcher.evaluation.kind_fitting.apart` are not among them. Two that name one object and one kind of
    work may after all be the same; such pairs are left out.
    """
    kept = {proposal.title for batch in apart() for proposal in batch}
    chosen = {
        judgment.title: proposal_of(judgment)
        for judged in read_benchmark(benchmark)
        for judgment in judged.judgments
        if judgment.synthetic and judgment.inside and judgment.title not in kept
    }
    proposals = [chosen[title] for title in sorted(chosen)]
    profiles = profiler(proposals, encoder)
    vectors = np.stack([profile.vector for profile in profiles])
    centred = vectors - vectors.mean(axis=0)
    centred /= np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-6)
    links = ExactSearch().within(centred, most=_MOST, floor=_FLOOR)
    rows = sorted({(min(a, b), max(a, b)) for a, b in zip(links.left.tolist(), links.right.tolist(), strict=True)})
    return [(proposals[a], proposals[b]) for a, b in rows if not _may_be_one(profiles, a, b)]


def _may_be_one(profiles: Sequence[Profile], a: int, b: int) -> bool:
    one, two = profiles[a], profiles[b]
    return bool(one.object) and one.object == two.object and one.method == two.method
