"""Our ranking and what an engineer would assemble off the shelf, on the same judgments in the same run."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from matcher.announcement import find_announcement
from matcher.errors import MissingDependencyError
from matcher.evaluation.intervals import Difference, paired_difference
from matcher.evaluation.judgments import Judgment, proposal_of
from matcher.evaluation.metrics import ndcg_values
from matcher.evaluation.results import Results, results_of
from matcher.matching import Matcher
from matcher.segmenting import Segmenter
from matcher.settings import BASE_MODEL, Settings

#: The constant of reciprocal-rank fusion (Cormack et al., 2009).
RRF_K = 60


def our_results(judgments: Sequence[Judgment], settings: Settings) -> Results:
    """Run the matcher on judged proposals, without explanations."""
    matcher = Matcher.from_announcement(settings.announcement, settings.replace(explained=0))
    return results_of(matcher.assess([proposal_of(judgment) for judgment in judgments]))


def baseline_rankings(judgments: Sequence[Judgment], settings: Settings) -> dict[str, dict[str, list[str]]]:
    """Rank by TF–IDF, BM25, raw cosine of the encoder in use, and the reciprocal-rank fusion of the last two.

    Raises
    ------
    MissingDependencyError
        If bm25s is not installed.
    """
    require_baselines()
    announcement = find_announcement(settings.announcement)
    bullets = [orientation.text for orientation in announcement.orientations]
    texts = [f"{j.title}. {j.objective}" if j.objective else j.title for j in judgments]
    scores = {
        "TF-IDF": _tfidf(texts, bullets),
        "BM25": _bm25(texts, bullets),
        "raw cosine": _cosine(texts, bullets, settings),
    }
    scores["rank fusion"] = _ranks(scores["BM25"]) + _ranks(scores["raw cosine"])
    ids = [orientation.id for orientation in announcement.orientations]
    return {
        name: {j.id: [ids[i] for i in np.argsort(-row, kind="stable")] for j, row in zip(judgments, table, strict=True)}
        for name, table in scores.items()
    }


def require_baselines() -> None:
    """Look for what the baselines need, before an hour of work ends in an error.

    Raises
    ------
    MissingDependencyError
        Naming the extra to install.
    """
    if find_spec("bm25s") is None:
        raise MissingDependencyError(
            "the baseline BM25 needs the package bm25s",
            cure='Install the extra "bench": pip install "orientation-matcher[bench]".',
        )


def best_baseline(
    judgments: Sequence[Judgment],
    ours: Mapping[str, Sequence[str]],
    baselines: Mapping[str, Mapping[str, Sequence[str]]],
) -> tuple[str, Difference]:
    """Return the baseline with the highest nDCG@5 on these judgments, and how much better ours is, pairwise."""

    def values(rankings: Mapping[str, Sequence[str]]) -> NDArray[np.float64]:
        inside = [judgment for judgment in judgments if judgment.inside]
        return ndcg_values(inside, [rankings[judgment.id] for judgment in inside])

    theirs = {name: values(rankings) for name, rankings in baselines.items()}
    best = max(theirs, key=lambda name: float(np.sum(theirs[name])))
    return best, paired_difference(values(ours), theirs[best])


def _tfidf(texts: Sequence[str], bullets: Sequence[str]) -> NDArray[np.float64]:
    """TF–IDF on syllable 1–2-grams; the default pattern would drop one-letter words and break decomposed letters."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"\w+", lowercase=True)
    columns = vectorizer.fit_transform(bullets)
    return np.asarray((vectorizer.transform(texts) @ columns.T).todense(), np.float64)


def _bm25(texts: Sequence[str], bullets: Sequence[str]) -> NDArray[np.float64]:
    """BM25 on segmented words (bm25s, its default parameters)."""
    import bm25s

    logging.getLogger("bm25s").setLevel(logging.WARNING)  # it sets its own level to DEBUG when imported
    segmenter = Segmenter()
    index = bm25s.BM25()
    index.index([list(segmenter.words(text)) for text in bullets], show_progress=False)
    known = set(index.vocab_dict)
    rows = []
    for text in texts:
        words = [word for word in segmenter.words(text) if word in known]
        rows.append(index.get_scores(words) if words else np.zeros(len(bullets)))
    return np.asarray(rows, np.float64)


def _cosine(texts: Sequence[str], bullets: Sequence[str], settings: Settings) -> NDArray[np.float64]:
    """Cosine of the encoder's vectors as they are: what semantic search does."""
    from matcher.encoding import load_cached_encoder

    encoder = load_cached_encoder(BASE_MODEL, settings)
    mine, theirs = encoder.encode(texts, role="proposal"), encoder.encode(bullets, role="orientation")
    return np.asarray(mine @ theirs.T, np.float64)


def _ranks(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    order = np.argsort(np.argsort(-scores, axis=1, kind="stable"), axis=1, kind="stable")
    return 1 / (RRF_K + 1 + order)
