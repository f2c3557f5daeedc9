"""Orientations followed through announcements: the synthetic ones of `corpus/rounds` beside the real one."""

import dataclasses
import json
from pathlib import Path

import pytest

from matcher.announcement import find_announcement, read_announcement
from matcher.encoding import Encoder, load_cached_encoder
from matcher.records import Announcement
from matcher.settings import Settings
from matcher.trends.alignment import Change, align

ROUNDS = Path(__file__).parents[2] / "corpus" / "rounds"


@pytest.fixture(scope="module")
def encoder(settings: Settings) -> Encoder:
    return load_cached_encoder(settings.model, settings)


@pytest.fixture(scope="module")
def real() -> Announcement:
    return find_announcement("lang-son-2025")


@pytest.mark.parametrize("year", [2023, 2025])
def test_kept_and_reworded_bullets_are_found_and_new_ones_told(year: int, real: Announcement, encoder: Encoder) -> None:
    truth = json.loads((ROUNDS / "truths.json").read_text(encoding="utf-8"))["alignment"][str(year)]
    other = read_announcement(ROUNDS / f"announcement-{year}.txt")
    found = align({year: other, 2024: real}, encoder)
    joined = {
        thread.orientations[year]: thread.orientations[2024]
        for thread in found.threads
        if len(thread.orientations) == 2
    }
    assert joined == truth["kept"] | truth["reworded"]
    alone = [thread for thread in found.threads if len(thread.orientations) == 1]
    assert sorted(t.orientations[year] for t in alone if year in t.orientations) == sorted(truth["only_here"])
    assert sorted(t.orientations[2024] for t in alone if 2024 in t.orientations) == sorted(truth["only_real"])


def test_a_bullet_that_comes_back_is_the_same_thread(real: Announcement, encoder: Encoder) -> None:
    without = dataclasses.replace(real, orientations=real.orientations[1:])
    found = align({2023: real, 2024: without, 2025: real}, encoder)
    first = next(thread for thread in found.threads if thread.id == "1.1")
    assert sorted(first.orientations) == [2023, 2025]
    assert dict(first.changes) == {2024: Change.DROPPED, 2025: Change.KEPT}
    assert len(found.threads) == len(real.orientations)


def test_one_announcement_keeps_its_numbers(real: Announcement, encoder: Encoder) -> None:
    found = align({2024: real, 2025: real}, encoder)
    assert [thread.id for thread in found.threads] == [each.id for each in real.orientations]
    assert {change for change, _ in found.changes(2025)} == {Change.KEPT}
    assert found.changes(2024) == ()
