"""From a section's text back to the item and the page of the form (forms made up, see tests/data)."""

import pytest
from filled_forms import FOLDER

from matcher.announcement import find_announcement
from matcher.proposal import read_proposals
from matcher.settings import Settings


def read(name: str):
    form = find_announcement("lang-son-2025").form
    (proposal,) = read_proposals([FOLDER / name], settings=Settings(reading_cache_days=0), form=form)
    return proposal


def test_a_long_section_is_followed_over_the_page():
    proposal = read("40-thuong.pdf")
    content = proposal.sections["content"]
    turn = content.index("d) Hoàn thiện quy trình ấp nở")
    assert [(place.item, place.page) for place in (proposal.form.place("content", at) for at in (0, turn - 1, turn))] == [
        (5, 1), (5, 1), (5, 2)
    ]  # fmt: skip
    assert (proposal.form.place("title", 7).item, proposal.form.place("title", 7).page) == (1, 1)


@pytest.mark.parametrize("name", ["32-nam-trang.docx", "24-doi-thu-tu.docx"])
def test_of_a_word_file_that_notes_no_breaks_no_page_is_named(name):
    proposal = read(name)
    assert {place.page for place in proposal.form.places} == {0}
    assert proposal.form.place("objective", 3).item == 3


def test_every_place_lies_in_its_section():
    proposal = read("33-nam-trang.pdf")
    for place in proposal.form.places:
        assert 0 <= place.start < len(proposal.sections[place.section])
    assert proposal.form.place("place", 0).item == 0
