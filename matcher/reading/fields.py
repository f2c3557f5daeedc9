"""Fields of a Word paragraph: what of them is a code, and the boxes and lists of forms that they draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matcher.reading.ooxml import W
from matcher.reading.styles import integer, is_on, value_of
from matcher.reading.symbols import CHECKED, OPEN

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


class Fields:
    """Follows the fields of one paragraph; one that does not end there hides nothing."""

    def __init__(self, paragraph: Element) -> None:
        self._whole = _whole(paragraph)
        self._open: list[bool] = []  # of each field that is open, whether its code is being read

    @property
    def in_code(self) -> bool:
        """Whether what comes now belongs to a field's code, which is not printed."""
        return any(self._open)

    def meet(self, mark: Element) -> str:
        """Take a `w:fldChar` and return what it draws itself: the box or the choice of a form's field."""
        kind = mark.get(f"{W}fldCharType")
        drawn = ""
        if kind == "begin":
            drawn = "" if self.in_code else _drawn(mark)
            self._open.append(mark in self._whole)
        elif kind == "separate" and self._open:
            self._open[-1] = False
        elif kind == "end" and self._open:
            self._open.pop()
        return drawn


def _whole(paragraph: Element) -> frozenset[Element]:
    """Return the beginnings of those fields whose code ends in the paragraph."""
    begun: list[Element] = []
    whole = set()
    for mark in paragraph.iter(f"{W}fldChar"):
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            begun.append(mark)
        elif kind == "separate" and begun:
            whole.add(begun[-1])
        elif kind == "end" and begun:
            whole.add(begun.pop())
    return frozenset(whole)


def _drawn(mark: Element) -> str:
    box = mark.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        stated = is_on(box, "checked")
        return CHECKED if (is_on(box, "default") if stated is None else stated) else OPEN
    choices = mark.find(f"{W}ffData/{W}ddList")
    if choices is None:
        return ""
    entries = [each.get(f"{W}val", "") for each in choices.iter(f"{W}listEntry")]
    chosen = integer(value_of(choices, "result") or value_of(choices, "default"))
    return entries[chosen] if 0 <= chosen < len(entries) else ""
