"""Clusters and their names: any order, any partition, week after week."""

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from matcher.flagging.clusters import components, mark_of, name_clusters

PAIRS = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), max_size=25)


def names(members: list[str], pairs: list[tuple[str, str]]) -> dict[str, str]:
    marks = [mark_of(member, "") for member in members]
    rows = [(members.index(a), members.index(b)) for a, b in pairs]
    return dict(zip(members, name_clusters(marks, rows), strict=True))


@given(PAIRS)
def test_components_are_those_of_a_walk(pairs: list[tuple[int, int]]) -> None:
    def reached(row: int) -> set[int]:
        seen, todo = {row}, [row]
        while todo:
            here = todo.pop()
            beyond = {b for a, b in pairs if a == here} | {a for a, b in pairs if b == here}
            todo += sorted(beyond - seen)
            seen |= beyond
        return seen

    assert components(15, pairs) == [min(reached(row)) for row in range(15)]


@given(PAIRS, st.randoms(use_true_random=False), st.integers(0, 25))
def test_names_depend_neither_on_order_nor_on_partition(
    pairs: list[tuple[int, int]], chance: random.Random, cut: int
) -> None:
    members = [f"P{i}" for i in range(15)]
    named = [(f"P{a}", f"P{b}") for a, b in pairs]
    first = names(members, named)
    turned = members[:]
    chance.shuffle(turned)
    assert names(turned, [(b, a) for a, b in named[cut:] + named[:cut]]) == first


def test_a_name_does_not_depend_on_other_clusters() -> None:
    alone = names(["A", "B"], [("A", "B")])
    beside = names(["X", "A", "Y", "B", "Z"], [("A", "B"), ("X", "Y")])
    assert beside["A"] == beside["B"] == alone["A"]
    assert beside["X"] == beside["Y"] != alone["A"]
    assert beside["Z"] == "", "a text in no pair is in no cluster"


def test_a_name_survives_who_joins_and_who_leaves() -> None:
    everyone = [f"P{i}" for i in range(12)]
    chain = list(pairwise(everyone))
    before = names(everyone[:11], chain[:-1])["P0"]
    after = names(everyone, chain)["P0"]
    named_after = min(everyone, key=lambda id: mark_of(id, ""))
    assert (before == after) == (named_after != "P11")
    star = [("P0", other) for other in everyone[1:]]
    kept = [
        names([m for m in everyone if m != gone], [p for p in star if gone not in p])["P0"] for gone in everyone[1:]
    ]
    assert kept.count(after) >= 10


def test_when_two_clusters_meet_one_name_stays() -> None:
    apart = names(["A", "B", "C", "D"], [("A", "B"), ("C", "D")])
    together = names(["A", "B", "C", "D"], [("A", "B"), ("C", "D"), ("B", "C")])
    assert together["A"] in (apart["A"], apart["C"])
    assert len(set(together.values())) == 1


def test_texts_numbered_alike_are_told_apart() -> None:
    assert mark_of("1", "trồng hồi") != mark_of("1", "trồng na")
