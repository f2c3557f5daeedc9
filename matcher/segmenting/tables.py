"""The small tables of `corpus/vietnamese`: one entry a line, columns parted by tabs, `#` begins a comment."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from types import MappingProxyType

from matcher.errors import InputError
from matcher.segmenting.tokens import bare_key, phrase_key
from matcher.settings import resource_dir

_PIECE = re.compile(r"[\[\]()|]|<\w+>|[^\s\[\]()|<>]+")
_GROUPS = {"[": "(?:", "]": ")?", "(": "(?:", ")": ")", "|": "|"}
_CLASSES = {
    "<year>": r"(?:19|20)\d\d ",
    "<years>": r"(?:(?:19|20)\d\d (?:đến |den )?)+",
    "<number>": r"\S*\d\S* ",
}


def read_table(name: str, columns: int) -> tuple[tuple[str, ...], ...]:
    """Read one table of `corpus/vietnamese`.

    Raises
    ------
    InputError
        Where the file cannot be read or a line has another number of columns.
    """
    file = resource_dir("corpus") / "vietnamese" / name
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as err:
        raise InputError(f"cannot be read: {err}", file=file, cure="Restore the file from the repository.") from err
    rows = []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        row = tuple(cell.strip() for cell in line.split("\t"))
        if len(row) != columns:
            raise InputError(
                f"has {len(row)} columns where {columns} are needed",
                file=file,
                place=f"line {number}",
                cure="Part the columns by single tabs.",
            )
        rows.append(row)
    return tuple(rows)


def phrase_pattern(phrases: Iterable[str], *, bare: bool = False) -> re.Pattern[str]:
    r"""Compile phrases into one pattern over a line of keys.

    A phrase is words and `[optional parts]`, `(one|of|several)`, `<year>`, `<years>` (one or more) and `<number>`.

    Parameters
    ----------
    phrases : iterable of str
        The phrases; where several fit, the longer written one wins.
    bare : bool
        Whether to match text without diacritics.

    Examples
    --------
    >>> phrase_pattern(["giai đoạn [<years>]"]).match("giai đoạn 2021 2025 của ").group()
    'giai đoạn 2021 2025 '
    """
    alternatives = sorted((_compiled(phrase, bare) for phrase in phrases), key=len, reverse=True)
    return re.compile(rf"(?<!\S)(?:{'|'.join(alternatives)})" if alternatives else r"(?!)")


def _compiled(phrase: str, bare: bool) -> str:
    pieces = _PIECE.findall(phrase)
    return "".join(_GROUPS.get(piece) or _CLASSES.get(piece) or _words(piece, bare) for piece in pieces)


def _words(piece: str, bare: bool) -> str:
    key = phrase_key(piece) or piece
    return "".join(re.escape(bare_key(word) if bare else word) + " " for word in key.split())


@lru_cache(maxsize=1)
def abbreviations() -> MappingProxyType[str, str]:
    """Return the expansion of each abbreviation, as written in the table and in capitals."""
    table = {short: full for short, full in read_table("abbreviations.tsv", 2)}
    return MappingProxyType(table)


@lru_cache(maxsize=2)
def stop_words(bare: bool = False) -> frozenset[str]:
    """Return the function words, as keys with their syllables joined by spaces."""
    keys = (phrase_key(row[0]) for row in read_table("stopwords.txt", 1))
    return frozenset(bare_key(key) if bare else key for key in keys)
