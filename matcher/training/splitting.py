"""What is held out of training to measure and to calibrate: titles, announcements, orientations' proposals."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.evaluation.benchmark import JudgedAnnouncement
from matcher.evaluation.judgments import Judgment

#: Shares held out: of the real titles (from every announcement at once), of the synthetic proposals, of the outside.
REAL, SYNTHETIC, OUTSIDE = 0.34, 0.2, 0.35
#: Announcements that training does not see at all.
UNSEEN = ("trung-du-2024", "ven-bien-2025", "trung-bo-2025", "trung-uong-2026")


@dataclass(frozen=True, slots=True)
class Split:
    """Two disjoint parts; no real title and no unseen announcement is in both."""

    train: tuple[JudgedAnnouncement, ...]
    held: tuple[JudgedAnnouncement, ...]


def split(sets: Sequence[JudgedAnnouncement], *, unseen: Sequence[str] = UNSEEN, seed: int = 1) -> Split:
    """Split a benchmark by title and by announcement."""
    titles = sorted({judgment.id for judged in sets for judgment in judged.judgments if not judgment.synthetic})
    random.Random(seed).shuffle(titles)
    held_titles = frozenset(titles[: round(REAL * len(titles))])
    train, held = [], []
    for judged in sets:
        apart = judged.name in unseen
        mine = [_is_held(judgment, held_titles, apart=apart, seed=seed) for judgment in judged.judgments]
        # Of an unseen announcement, the titles that training saw elsewhere are in neither part.
        held.append(judged.only(tuple(j for j, out in zip(judged.judgments, mine, strict=True) if out)))
        if not apart:
            train.append(judged.only(tuple(j for j, out in zip(judged.judgments, mine, strict=True) if not out)))
    return Split(tuple(train), tuple(held))


def _is_held(judgment: Judgment, titles: frozenset[str], *, apart: bool, seed: int) -> bool:
    if not judgment.synthetic:
        return judgment.id in titles
    if apart:
        return True
    share = OUTSIDE if judgment.off_topic else SYNTHETIC
    return random.Random(f"{seed}:{judgment.id}").random() < share
