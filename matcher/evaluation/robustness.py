"""How much a ranking loses on text as it really comes: without diacritics, in capitals, misspelt, cut short.

Each proposal is changed, read again as the reader would (`matcher.text.normalize`), ranked, and compared with its own
ranking as written. Only titles are ranked, so that nothing else of the proposal makes up for what is lost.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from matcher.evaluation.comparison import our_results
from matcher.evaluation.intervals import Difference, Interval, bootstrap, paired_difference
from matcher.evaluation.judgments import Judgment
from matcher.evaluation.metrics import ndcg_values
from matcher.settings import Settings
from matcher.text import normalize, strip_diacritics

#: Of so many words one is misspelt.
ONE_IN = 8
_FEW = 6
AS_WRITTEN = "as written"

Change = Callable[[str, random.Random], str]


def misspelt(text: str, rng: random.Random) -> str:
    """Return a text with one word in `ONE_IN` misspelt: a letter dropped, doubled, or changed places with the next."""
    words = text.split(" ")
    long = [i for i, word in enumerate(words) if len(word) > 2]
    for i in rng.sample(long, len(long) // ONE_IN or min(1, len(long))):
        word, at = words[i], rng.randrange(1, len(words[i]) - 1)
        words[i] = rng.choice(
            (
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            )
        )
    return " ".join(words)


#: What is done to a title; each gets the title and a source of chance of its own.
CHANGES: MappingProxyType[str, Change] = MappingProxyType(
    {
        "without diacritics": lambda text, _: strip_diacritics(text),
        "in capitals": lambda text, _: text.upper(),
        "in lower case": lambda text, _: text.lower(),
        "decomposed letters": lambda text, _: unicodedata.normalize("NFD", text),
        "misspelt": misspelt,
        "first six words": lambda text, _: " ".join(text.split()[:_FEW]),
    }
)


@dataclass(frozen=True, slots=True)
class Loss:
    """nDCG@5 of changed titles, and its difference from the same titles as written."""

    ndcg: Interval
    difference: Difference | None


def robustness(judgments: Sequence[Judgment], settings: Settings, *, seed: int = 0) -> dict[str, Loss]:
    """Return what each change of `CHANGES` costs, the titles as written first.

    Parameters
    ----------
    judgments : sequence of Judgment
        Those without a relevant orientation are left out.
    settings : Settings
        The announcement and the model.
    seed : int
        Of everything drawn.
    """
    titles = [replace(judgment, objective="") for judgment in judgments if judgment.inside]
    whole = _values(titles, settings)
    losses = {AS_WRITTEN: Loss(bootstrap(whole, seed=seed), None)}
    for name, change in CHANGES.items():
        changed = [_changed(judgment, change, f"{seed}:{judgment.id}") for judgment in titles]
        values = _values(changed, settings)
        losses[name] = Loss(bootstrap(values, seed=seed), paired_difference(values, whole, seed=seed))
    return losses


def _changed(judgment: Judgment, change: Change, seed: str) -> Judgment:
    return replace(judgment, title=normalize(change(judgment.title, random.Random(seed))))


def _values(judgments: Sequence[Judgment], settings: Settings) -> list[float]:
    rankings = our_results(judgments, settings).rankings
    return [float(value) for value in ndcg_values(judgments, [rankings[judgment.id] for judgment in judgments])]
