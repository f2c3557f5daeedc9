"""Labels that fit: wrapped at spaces, since Vietnamese syllables are not to be broken."""

from __future__ import annotations

import textwrap

from matcher.reporting.wording import one_line, shortened


def label(name: str, width: int, lines: int = 2) -> str:
    r"""Return a name in at most so many lines of at most `width` letters, cut short with «…».

    >>> label("Nông nghiệp và phát triển nông thôn", 20)
    'Nông nghiệp và phát\ntriển nông thôn'
    """
    wrapped = textwrap.wrap(one_line(name), width, break_long_words=True, break_on_hyphens=False)
    if len(wrapped) <= lines:
        return "\n".join(wrapped)
    last = shortened(" ".join(wrapped[lines - 1 :]), width)
    return "\n".join([*wrapped[: lines - 1], last])


def named(id: str, name: str) -> str:
    """Return an id with its name."""
    return f"{id} {one_line(name)}".strip()
