"""Clusters that come back in resamples: consensus clustering over trees of subsamples.

After Monti et al., «Consensus Clustering», Machine Learning 52 (2003), with the stability of each cluster as the mean
best Jaccard over resamples after Hennig, «Cluster-wise assessment of cluster stability», CSDA 52 (2007).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
Floats = NDArray[np.float64]
Vectors = NDArray[np.float32]

RESAMPLES = 20
SEEDS = 5
_SHARE = 0.8
#: More points than this are first brought together in so many small cells.
CELLS = 1200
#: A report that an officer reads to the end holds no more topics.
MOST_TOPICS = 60
_DIMENSIONS = 50
_LEAST = 3
#: The fewest clusters are taken that score so much of the best: on few texts the scores of many counts lie level.
_NEARLY = 0.95


@dataclass(frozen=True, slots=True)
class Clusters:
    """A cluster of each point, the stability of each cluster, and that of the whole (adjusted Rand index)."""

    of: Rows
    stabilities: Floats
    stability: float


@dataclass(frozen=True, slots=True)
class _Resample:
    """The points of one subsample and the tree over them."""

    points: Rows
    tree: Floats

    def cut(self, count: int) -> Rows:
        from scipy.cluster.hierarchy import fcluster

        return np.asarray(fcluster(self.tree, count, criterion="maxclust"), dtype=np.int64) - 1


def consensus(vectors: Vectors, *, seed: int) -> Clusters:
    """Cluster unit vectors; how many clusters there are is chosen by what comes back in resamples.

    Parameters
    ----------
    vectors : ndarray of float32, shape (points, dimension)
        At least six points, in an order that does not depend on the input's.
    seed : int
        Shapes the resamples, nothing else; the same seed gives the same clusters.

    Returns
    -------
    Clusters
        Numbered from 0 without gaps.
    """
    reduced = _reduced(vectors, seed)
    cells, centres = _cells(reduced, seed)
    weights = np.bincount(cells, minlength=len(centres))
    resamples = tuple(_resamples(centres, seed))
    count = _best_count(centres, resamples[:RESAMPLES])
    of = _agreed(resamples, len(centres), count)
    stabilities, whole = _stabilities(of, resamples, weights)
    return Clusters(of[cells], stabilities, whole)


def _reduced(vectors: Vectors, seed: int) -> Vectors:
    """Centre on what all share, keep the main directions, and bring to length 1."""
    from sklearn.decomposition import PCA

    dimensions = min(_DIMENSIONS, vectors.shape[1], len(vectors) - 1)
    moved = PCA(dimensions, svd_solver="full" if len(vectors) <= 500 else "covariance_eigh", random_state=seed)
    turned = moved.fit_transform(vectors.astype(np.float64))
    lengths = np.linalg.norm(turned, axis=1, keepdims=True)
    return np.asarray(np.round(turned / np.maximum(lengths, 1e-9), 6), dtype=np.float32)


def _cells(vectors: Vectors, seed: int) -> tuple[Rows, Vectors]:
    if len(vectors) <= CELLS:
        return np.arange(len(vectors), dtype=np.int64), vectors
    from sklearn.cluster import MiniBatchKMeans

    cells = MiniBatchKMeans(CELLS, random_state=seed, n_init=1, batch_size=4096, init_size=3 * CELLS, max_iter=30)
    found = cells.fit_predict(vectors)
    used, of = np.unique(found, return_inverse=True)
    return of.astype(np.int64), np.asarray(cells.cluster_centers_[used], dtype=np.float32)


def _resamples(points: Vectors, seed: int) -> Iterator[_Resample]:
    from scipy.cluster.hierarchy import linkage

    size = max(_LEAST, int(np.ceil(_SHARE * len(points))))
    for family in range(SEEDS):
        for number in range(RESAMPLES):
            drawn = np.random.default_rng((seed, family, number)).choice(len(points), size, replace=False)
            drawn.sort()
            yield _Resample(drawn.astype(np.int64), linkage(points[drawn], method="ward"))


def _best_count(points: Vectors, resamples: tuple[_Resample, ...]) -> int:
    """Return the number of clusters that are both stable over resamples and apart from each other."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from sklearn.metrics import silhouette_score

    tree = linkage(points, method="ward")
    scores: dict[int, float] = {}
    for count in _counts(len(points)):
        cut = np.asarray(fcluster(tree, count, criterion="maxclust"), dtype=np.int64) - 1
        if len(np.unique(cut)) < 2:
            continue
        alike = np.mean([_rand(cut[each.points], each.cut(count)) for each in resamples])
        scores[count] = float(max(alike, 0.0) * max(silhouette_score(points, cut), 0.0))
    enough = _NEARLY * max(scores.values(), default=0.0)
    return min((count for count, score in scores.items() if score >= enough), default=2)


def _counts(points: int) -> list[int]:
    most = max(2, min(MOST_TOPICS, points // 4, round(2 * points**0.5)))
    if most <= 20:
        return list(range(2, most + 1))
    return sorted({round(count) for count in np.geomspace(2, most, 20)} | set(range(2, 13)))


def _agreed(resamples: tuple[_Resample, ...], points: int, count: int) -> Rows:
    """Cut the tree over how often two points came together among the times that both were drawn."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    together = np.zeros((points, points), dtype=np.float32)
    drawn = np.zeros((points, points), dtype=np.float32)
    for each in resamples:
        square = np.ix_(each.points, each.points)
        cut = each.cut(count)
        together[square] += cut[:, None] == cut[None, :]
        drawn[square] += 1
    apart = 1 - together / np.maximum(drawn, 1)
    np.fill_diagonal(apart, 0)
    tree = linkage(squareform(apart, checks=False), method="average")
    found = fcluster(tree, count, criterion="maxclust")
    return np.unique(found, return_inverse=True)[1].astype(np.int64)


def _stabilities(of: Rows, resamples: tuple[_Resample, ...], weights: Rows) -> tuple[Floats, float]:
    count = int(of.max()) + 1
    sums = np.zeros(count)
    seen = np.zeros(count)
    whole = []
    for each in resamples:
        mine, cut = of[each.points], each.cut(count)
        shared = np.zeros((count, int(cut.max()) + 1))
        np.add.at(shared, (mine, cut), weights[each.points])
        union = shared.sum(axis=1, keepdims=True) + shared.sum(axis=0, keepdims=True) - shared
        present = shared.sum(axis=1) > 0
        sums[present] += (shared / np.maximum(union, 1))[present].max(axis=1)
        seen += present
        whole.append(_rand(mine, cut))
    return sums / np.maximum(seen, 1), float(np.clip(np.mean(whole), 0, 1))


def _rand(left: Rows, right: Rows) -> float:
    """Return the adjusted Rand index of two labellings from 0 (Hubert and Arabie 1985); 1 where both are trivial."""
    width = int(right.max()) + 1
    both = np.bincount(left * width + right).astype(np.float64)
    pairs = (both * (both - 1)).sum() / 2
    of_left, of_right = (float((count * (count - 1)).sum()) / 2 for count in (np.bincount(left), np.bincount(right)))
    everything = len(left) * (len(left) - 1) / 2
    expected = of_left * of_right / everything
    most = (of_left + of_right) / 2
    return float((pairs - expected) / (most - expected)) if most > expected else 1.0
