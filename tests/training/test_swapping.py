"""Siblings made from one title."""

from __future__ import annotations

import random
from types import MappingProxyType

from matcher.records import Proposal, Source
from matcher.segmenting import Segmenter
from matcher.training.swapping import Swapper

TITLES = (
    "Xây dựng mô hình nuôi gà ri lai thả vườn tại huyện Lạc Thủy, tỉnh Hòa Bình",
    "Nghiên cứu kỹ thuật nuôi vịt bầu cổ xanh tại huyện Văn Lãng, tỉnh Lạng Sơn",
    "Ứng dụng công nghệ trồng nấm hương tại huyện Sa Pa, tỉnh Lào Cai",
    "Nghiên cứu nhân giống cây hồi tại huyện Văn Quan, tỉnh Lạng Sơn",
)


def test_a_sibling_differs_in_one_name_alone() -> None:
    proposals = [Proposal(str(i), MappingProxyType({"title": each}), Source("")) for i, each in enumerate(TITLES)]
    swapper, rng = Swapper(proposals, Segmenter()), random.Random(0)
    for _ in range(20):
        one, two = swapper.draw(rng)
        ours, theirs = one.title.split(), two.title.split()
        same = [a == b for a, b in zip(ours, theirs, strict=False)]
        assert one.title in TITLES
        assert two.title != one.title
        assert same[0], "the kind of work stays"
        assert len(set(ours) & set(theirs)) >= len(ours) // 2, "so does the rest of the title"
