"""The tree → fields and bullets, whatever marks they carry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from matcher.announcement.footnotes import join, marks_in, without_marks
from matcher.announcement.marks import RANKS, Mark
from matcher.announcement.outline import Block
from matcher.announcement.wording import (
    ACTION,
    FIELD,
    Topic,
    is_exception,
    is_finished,
    is_upper,
    names_field,
    opens_notice,
    speaks_of_others,
    topic_of,
)

_TITLE_WORDS = 25
#: A sub-bullet that does not begin a line: «…: + giống lúa; + giống ngô».
_INLINE = re.compile(r"(?<=[:;.…])\s+[-–+•]\s+(?=[^\W\d_])")
_NAME = re.compile(r"^(?:(?:các |thuộc |trong |đối với |về )?(?:lĩnh vực|nhóm)[^:]{0,90}?)\s*:\s*(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bullet:
    """One orientation; `marks` are the numbers of the notes it calls.

    `parts` are its own words and those of each sub-bullet, without dashes and pluses («a)» and «1)» stay), marks of
    notes removed; they end so that they read on when joined by spaces.
    """

    parts: tuple[str, ...]
    start: int
    end: int
    marks: tuple[int, ...]

    @property
    def text(self) -> str:
        """All the bullet's words on one line."""
        return " ".join(self.parts)


@dataclass(slots=True)
class FieldPart:
    """A field with its bullets; `marks` are notes called by the field's own heading."""

    name: str
    marks: tuple[int, ...] = ()
    label: str = ""
    bullets: list[Bullet] = field(default_factory=list)


def requirements_in(tree: Sequence[Block]) -> list[str]:
    """Return the requirements that the announcement makes of every proposal, one text each."""
    section = _requirements(tree)
    if section is None:
        return []
    marked = [child for child in section.children if child.mark is not None]
    if not section.children:  # «II. Yêu cầu: rõ sản phẩm; có nơi ứng dụng.»
        _, _, inline = without_marks(section.text).partition(":")
        return [text.strip() for text in inline.split(";") if text.strip()]
    return [_bullet(child).text for child in marked or section.children]


def _requirements(tree: Sequence[Block]) -> Block | None:
    sections = (block for block in _shallow(tree) if _is_section(block))
    return next((block for block in sections if topic_of(block.title) is Topic.REQUIREMENTS), None)


def exception_in(tree: Sequence[Block]) -> str:
    """Return the clause that allows proposals outside the orientations; "" where there is none."""
    for top in tree:
        for block in top.walk():
            text = without_marks(block.text)
            if is_exception(text):
                return text.lstrip("* ")
    return ""


def fields_in(tree: Sequence[Block]) -> list[FieldPart]:
    """Return the fields of the announcement with their bullets; one without a name where it has none."""
    return [each for each in _fields(_orientation_nodes(tree)) if each.bullets]


def paragraph_fields(tree: Sequence[Block]) -> list[FieldPart]:
    """Return the fields where nothing is marked: plain paragraphs below a heading of orientations are the bullets."""
    return [each for each in _fields(_paragraphs(tree)) if each.bullets]


def dossier_blocks(tree: Sequence[Block]) -> list[Block]:
    """Return the blocks that are no orientations: deadline, address, closing words; the requirements come last."""
    inside = {id(block) for node in _orientation_nodes(tree) for block in node.walk() if block.mark is not None}
    section = _requirements(tree)
    required = {id(block) for block in section.walk()} if section else set()
    blocks = [block for top in tree for block in top.walk() if id(block) not in inside]
    return sorted(blocks, key=lambda block: id(block) in required)


# ------------------------------------------------------------------------------------------------ region


def _shallow(tree: Sequence[Block]) -> list[Block]:
    return [each for block in tree for each in (block, *block.children)]


def _is_section(block: Block) -> bool:
    return block.mark is not None and block.mark.rank <= 8 and len(block.title.split()) <= _TITLE_WORDS * 2


def _orientation_nodes(tree: Sequence[Block]) -> list[Block]:
    """Return the headings or bullets that stand directly below the announcement of the orientations."""
    for level in (list(tree), _shallow(tree)):
        found = [
            block
            for block in level
            if _is_section(block) and block.children and topic_of(block.title) is Topic.ORIENTATIONS
            and not names_field(block.title) and not ACTION.match(block.title)
        ]  # fmt: skip
        if len(found) == 1:
            return [child for child in found[0].children if _counts(child)]
        if found:
            return found
    return [block for block in tree if _counts(block) and not _is_other_section(block)]


def _counts(block: Block) -> bool:
    if block.mark is None or block.table or (block.is_heading and not block.children and is_upper(block.title)):
        return False
    return not speaks_of_others(block.text) and not opens_notice(block.text)


def _is_other_section(block: Block) -> bool:
    if names_field(block.title):
        return False
    if not block.children and block.mark is not None and block.mark.rank < RANKS["number"]:
        return topic_of(block.title) is not Topic.OTHER and not ACTION.match(block.title)  # a heading above a table
    if topic_of(block.title) is Topic.REQUIREMENTS:
        return _is_section(block)
    is_short = len(block.title.split()) <= _TITLE_WORDS
    opening = " ".join(block.title.split()[:8])
    return (
        topic_of(opening) is Topic.DOSSIER
        and (is_short or block.mark is None or block.mark.rank < 10)
        and not (ACTION.match(block.title))
    )


def _paragraphs(tree: Sequence[Block]) -> list[Block]:
    """Where nothing is marked: plain paragraphs below a heading of orientations count as bullets."""
    for block in _shallow(tree):
        if _is_section(block) and topic_of(block.title) is Topic.ORIENTATIONS:
            headed = [child for child in block.walk() if child is not block]
            return [each for each in headed if not speaks_of_others(each.text) and len(each.text.split()) >= 6]
    return []


# ------------------------------------------------------------------------------------------------ fields


def _fields(nodes: Sequence[Block]) -> list[FieldPart]:
    """Split nodes of one level into fields; bullets outside any field go to an unnamed one."""
    headings = _headings(nodes)
    fields: list[FieldPart] = []
    for node in nodes:
        if id(node) not in headings:
            if not fields:
                fields.append(FieldPart(""))
            fields[-1].bullets.append(_bullet(node))
        elif _is_group(node):
            fields += _fields([child for child in node.children if _counts(child)])
        else:
            fields.append(_field(node))
    return fields


def _field(node: Block) -> FieldPart:
    label = node.mark.label if node.mark else ""
    marks = tuple(marks_in(node.text))
    named = _NAME.match(node.text)
    if not node.children and named:
        inline = _bullet(node, node.text[named.end() :])
        return FieldPart(without_marks(named[0]).strip(" .:;"), marks, label, [inline])
    part = FieldPart(node.title, marks, label)
    subheadings = _subheadings(node)
    for child in node.children:
        if not _counts(child):
            continue
        if id(child) in subheadings:
            part.bullets += [_bullet(each) for each in child.children if _counts(each)]
        else:
            part.bullets.append(_bullet(child))
    return part


def _headings(nodes: Sequence[Block]) -> set[int]:
    """Return the ids of the nodes that head bullets rather than being bullets."""
    named = {id(node) for node in nodes if names_field(node.title) and (node.children or _NAME.match(node.text))}
    with_children = [node for node in nodes if any(_counts(child) for child in node.children)]
    if not with_children or (not named and len(with_children) * 2 < len(nodes)):
        return named
    titled = [node for node in with_children if _is_title(node)]
    if len(titled) * 2 < len(with_children) and not named:
        return set()
    return named | {id(node) for node in titled}


def _is_title(node: Block) -> bool:
    """Say whether a block with children reads as a heading rather than as an orientation with sub-points."""
    words = len(node.title.split())
    if words > _TITLE_WORDS:
        return False
    if node.is_heading or FIELD.match(node.title) or names_field(node.title):
        return True
    if node.mark is not None and node.mark.rank >= 10:
        return False
    if not ACTION.match(node.title):
        return words <= 15
    children = [child for child in node.children if _counts(child)]
    asking = [child for child in children if ACTION.match(child.title) and child.title[:1].isupper()]
    lengths = sum(len(child.title.split()) for child in children) / max(1, len(children))
    return words <= 12 and len(asking) * 3 >= len(children) * 2 and lengths >= 10


def _is_group(node: Block) -> bool:
    """Say whether a heading holds fields rather than bullets."""
    children = [child for child in node.children if _counts(child)]
    named = [child for child in children if names_field(child.title) and child.children]
    if named:
        return True
    holding = [child for child in children if child.children and _is_title(child) and not ACTION.match(child.title)]
    return (
        topic_of(node.title) is Topic.ORIENTATIONS
        and not names_field(node.title)
        and (bool(children) and len(holding) == len(children))
    )


def _subheadings(node: Block) -> set[int]:
    """Return the ids of the blocks below a field that only group bullets.

    Most of those with sub-bullets must, and at least half of those marked alike: one point of a list that goes on in
    dashes is a bullet.
    """
    listed = [child for child in node.children if _counts(child)]
    holding = [child for child in listed if any(_counts(each) for each in child.children)]
    grouping = [child for child in holding if _is_subheading(child)]
    styles = {child.mark.style for child in grouping if child.mark}
    alike = [child for child in listed if child.mark and child.mark.style in styles]
    return {id(child) for child in grouping} if len(grouping) * 2 >= max(len(holding), len(alike)) else set()


def _is_subheading(node: Block) -> bool:
    """Say whether a block below a field reads as a mere title above bullets: «a) Trồng trọt:»."""
    mark = node.mark
    if mark is None or mark.rank >= 10 or len(node.title.split()) > 12 or ACTION.match(node.title):
        return False
    titles = [child.title for child in node.children if _counts(child)]
    return all(len(title.split()) >= 5 and not title[:1].islower() for title in titles)


def _bullet(node: Block, text: str | None = None) -> Bullet:
    blocks = list(node.walk())
    pieces = [node.text if text is None else text]
    for before, block in pairwise(blocks):
        if block.mark is None:
            pieces[-1] = join([pieces[-1], block.text])
            continue
        if not is_finished(pieces[-1]) and not pieces[-1].endswith(","):
            pieces[-1] += ":" if before.children[:1] and block is before.children[0] else ";"
        pieces.append(_labelled(block.mark, block.text))
    marks = marks_in(" ".join(pieces))
    parts = tuple(without_marks(part) for piece in pieces for part in _INLINE.split(piece))
    return Bullet(parts, node.rows[0].start, blocks[-1].rows[-1].end, tuple(marks))


def _labelled(mark: Mark, text: str) -> str:
    return text if mark.family in ("dash", "plus", "star") or not mark.label else f"{mark.label} {text}"
