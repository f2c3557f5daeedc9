"""Rows → blocks (paragraphs with their list mark) → a tree of headings, bullets and sub-bullets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from matcher.announcement.capitals import lower_headings
from matcher.announcement.footnotes import join, without_marks
from matcher.announcement.marks import RANKS, Mark, format_mark, read_mark
from matcher.announcement.rows import Row
from matcher.announcement.wording import (
    ACTION,
    Topic,
    closes_list,
    is_finished,
    is_upper,
    names_field,
    opens_notice,
    topic_of,
)
from matcher.records import LineKind

_TITLE_WORDS = 25
_NOT_HEADINGS = ("Trong đó", "Cụ thể", "Bao gồm", "Gồm", "Các nội dung", "Tập trung", "Như", "Nội dung")


@dataclass(slots=True)
class Block:
    """A paragraph: its list mark (None for plain text), its rows, and in the tree its children."""

    mark: Mark | None
    rows: list[Row]
    table: bool = False
    children: list[Block] = field(default_factory=list)
    _text: str | None = None

    def add(self, row: Row) -> None:
        """Go on with the paragraph."""
        self.rows.append(row)
        self._text = None

    @property
    def opening(self) -> str:
        """The first line without its list mark."""
        return self.rows[0].text[self.mark.width if self.mark else 0 :]

    @property
    def text(self) -> str:
        """The paragraph without its list mark, marks of notes included."""
        if self._text is None:
            self._text = join([self.opening, *(row.text for row in self.rows[1:])])
        return self._text

    @property
    def title(self) -> str:
        """The paragraph as a heading: without marks of notes and closing punctuation."""
        return without_marks(self.text).strip(" .:;")

    @property
    def tail(self) -> str:
        """The last line so far."""
        return self.rows[-1].text

    @property
    def is_heading(self) -> bool:
        """Whether the block was set as a heading without a number."""
        return self.mark is not None and self.mark.family == "heading"

    def walk(self) -> Iterator[Block]:
        """Yield the block and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


def blocks_of(rows: Sequence[Row]) -> list[Block]:
    """Join rows into paragraphs; a line without a mark goes on with the paragraph before it."""
    blocks: list[Block] = []
    latest: dict[str, Mark] = {}
    lower = lower_headings(rows)
    for index, row in enumerate(rows):
        following = rows[index + 1 : index + 3]
        current = blocks[-1] if blocks else None
        mark = _mark(row, current, following, latest)
        if index in lower and mark is None:
            mark = Mark(f"heading:{_heading_style(row)}", 0, 0, "")
        if row.kind is LineKind.TABLE:
            blocks.append(Block(None, [row], table=True))
        elif mark is not None:
            latest[mark.style] = mark
            blocks.append(Block(mark, [row]))
        elif current is None or current.table or _breaks(row, blocks):
            blocks.append(Block(None, [row]))
        else:
            current.add(row)
    return blocks


def tree_of(blocks: Sequence[Block]) -> list[Block]:
    """Nest blocks by their marks; plain paragraphs become children of the heading above them."""
    root = Block(None, [])
    stack: list[Block] = [root]
    for block in blocks:
        if block.mark is None:
            leaves = opens_notice(block.text) or closes_list(block.text)
            while len(stack) > 1 and (_rank(stack[-1]) >= 8 or (leaves and _is_item(stack[-1], stack[-2]))):
                stack.pop()
            stack[-1].children.append(block)
            continue
        _climb(stack, block)
        stack[-1].children.append(block)
        stack.append(block)
    return root.children


def _is_item(block: Block, parent: Block) -> bool:
    """Say whether a numbered block reads as an item of a list rather than as a heading: so do items beside it."""
    if _rank(block) < RANKS["number"] or (names_field(block.title) and ":" not in block.title):
        return False
    beside = [each for each in parent.children if each is not block and each.mark and block.mark]
    if any(not each.children and each.mark and block.mark and each.mark.style == block.mark.style for each in beside):
        return not block.children
    finished = without_marks(block.text).endswith((".", ";", ",", "…"))
    return finished or len(block.title.split()) > _TITLE_WORDS or bool(ACTION.match(block.title))


def _climb(stack: list[Block], block: Block) -> None:
    """Pop the stack until its last block is the parent of `block`."""
    mark = block.mark
    if mark is None:
        return
    styles = [each.mark.style if each.mark else "" for each in stack]
    if mark.style in styles and not _opens_sublist(stack[-1], block):
        del stack[styles.index(mark.style) :]
        return
    if _opens_sublist(stack[-1], block):
        return
    while len(stack) > 1 and (top := stack[-1].mark) is not None and top.rank >= mark.rank:
        if top.rank == mark.rank and mark.ordinal <= 1:
            return  # a list of another kind begins below: I. and then A., • and then -
        stack.pop()


def _opens_sublist(parent: Block, block: Block) -> bool:
    """Say whether a list starts anew under a line that announces it: «…, gồm:» and then «1)», «a)» or a deeper dash."""
    mark = block.mark
    if mark is None or parent.mark is None or parent.mark.rank < 8 or not without_marks(parent.text).endswith(":"):
        return False
    if topic_of(block.title) in (Topic.DOSSIER, Topic.REQUIREMENTS) and mark.rank < 8:
        return False
    if mark.style == parent.mark.style:
        return mark.ordinal == 0 and block.rows[0].indent >= parent.rows[0].indent + 3
    return mark.ordinal in (0, 1)


def _mark(row: Row, current: Block | None, following: Sequence[Row], latest: dict[str, Mark]) -> Mark | None:
    """Return the mark that opens a block at this row, or None where the row goes on or is plain text."""
    if row.kind is LineKind.TABLE:
        return None
    if row.marker:
        return format_mark(row.marker, row.level)
    mark = read_mark(row.text)
    if mark is not None:
        return mark if _is_real(row, mark, current, latest) else None
    if _is_heading(row, current, following):
        return Mark(f"heading:{_heading_style(row)}", 0, 0, "", row.level if row.heading else 0)
    return None


def _is_real(row: Row, mark: Mark, current: Block | None, latest: dict[str, Mark]) -> bool:
    """Tell a bullet from a line that happens to begin with «- 2030;» or «- xã hội»."""
    rest = row.text[mark.width :]
    if mark.family == "star" and opens_notice(rest):
        return False
    if current is None or is_finished(current.tail) or mark.style == "dash:dot":
        return True
    if not mark.ordinal and (current.tail.endswith(",") or (mark.family == "plus" and rest[:1].islower())):
        return True
    if rest[:1].islower() or rest[:1].isdigit():
        return False
    if mark.ordinal:
        return mark.ordinal == 1 or (mark.style in latest and mark.follows(latest[mark.style]))
    return True


def _is_heading(row: Row, current: Block | None, following: Sequence[Row]) -> bool:
    """Say whether a line without a mark is a heading."""
    if row.heading:
        return True
    finished = current is None or is_finished(current.tail) or current.is_heading
    words = len(row.text.split())
    if is_upper(row.text) and words >= 2:
        return (finished or words >= 3) and not (current is not None and _goes_on_in_capitals(current))
    if words > 25 or not row.text[:1].isupper():
        return False
    leads = any(each.marker or read_mark(each.text) for each in following)
    if names_field(row.text):
        return leads or (finished and row.text.endswith(":"))
    if not finished:
        return False
    short = words <= 8 and row.text.endswith(":") and not row.text.startswith(_NOT_HEADINGS)
    return short and leads and not closes_list(row.text) and (current is None or _rank(current) < 10)


def _rank(block: Block) -> float:
    return block.mark.rank if block.mark else 0


def _heading_style(row: Row) -> str:
    if row.heading:
        return f"format@{row.level}"
    return "capitals" if is_upper(row.text) else "plain"


def _goes_on_in_capitals(current: Block) -> bool:
    """Say whether a heading in capitals may run on into the next line."""
    return (
        current.mark is not None and not current.table and is_upper(current.opening) and not is_finished(current.tail)
    )


def _breaks(row: Row, blocks: Sequence[Block]) -> bool:
    """Say whether a line without a mark begins a paragraph of its own; `blocks` are those above it."""
    current = blocks[-1]
    if opens_notice(row.text) or closes_list(row.text):
        unpunctuated = all(not is_finished(block.tail) for block in blocks[-2:]) and row.text[:1].isupper()
        return is_finished(current.tail) or row.text.startswith("*") or row.gap or unpunctuated
    if current.mark is None:
        return is_finished(current.tail) and row.text[:1].isupper()
    if is_upper(current.opening) or current.is_heading:
        return not (is_upper(row.text) or row.text[:1].islower())
    if names_field(current.opening):
        return is_finished(current.tail) and row.text[:1].isupper()
    return False
