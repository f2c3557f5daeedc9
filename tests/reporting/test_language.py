import re
import string
from pathlib import Path

import pytest

import matcher.reporting
from matcher.ranking.contrast import NOTES
from matcher.records import SECTIONS, Basis, DuplicateKind
from matcher.reporting.language import LANGUAGES, WORDING, Language
from matcher.reporting.severity import SEVERITIES
from matcher.reporting.wording import Verdict

SOURCE = Path(matcher.reporting.__file__).parent


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", WORDING)
def test_every_key_has_both_languages_with_the_same_blanks(key):
    vietnamese, english = WORDING[key]
    assert vietnamese.strip()
    assert english.strip()
    assert fields(vietnamese) == fields(english)


def used():
    """Keys named in the sources: whole ones, and beginnings that something is put after."""
    whole, begun = set(), set()
    for path in [*SOURCE.glob("*.py"), *SOURCE.glob("templates/*.j2")]:
        if path.name == "language.py":
            continue
        text = path.read_text(encoding="utf-8")
        whole |= set(re.findall(r"""["']([a-z]+\.[a-z_]+)["']""", text))
        begun |= set(re.findall(r"""["']([a-z]+\.)(?:\{|["'] ~)""", text))
    return {key for key in whole if key.split(".")[0] in {each.split(".")[0] for each in WORDING}}, begun


def test_every_key_used_exists_and_every_key_is_used():
    whole, begun = used()
    assert whole <= set(WORDING)
    assert {key for key in WORDING if key not in whole and not key.startswith(tuple(begun))} == set()


@pytest.mark.parametrize(
    ("group", "members"),
    [
        ("state", Verdict), ("meaning", Verdict), ("basis", Basis), ("kind", DuplicateKind), ("section", SECTIONS),
        ("source", ["batch", "register"]), ("severity", ["failed", "partial", "note", "announcement"]),
        ("mending", SEVERITIES), ("contrast", NOTES),
    ],
)  # fmt: skip
def test_every_member_has_words(group, members):
    assert all(f"{group}.{member}" in WORDING for member in members)


def test_counts_have_the_languages_thousands_mark():
    assert [Language(code).count(50_000) for code in LANGUAGES] == ["50.000", "50,000"]


def test_an_unknown_language():
    with pytest.raises(ValueError, match="'fr'"):
        Language("fr")
