"""A filled-in proposal form → its items, fields and sections; a document without a form keeps its title and the rest.

`lines` → `headings` (places that may open an item) → `assigning` (which do) → `gaps` (items under other words)
→ the text of each item → its field (`amounts`, `durations`, `products`, `contact`, `reasons`, `margins`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from matcher.proposal.amounts import read_budget
from matcher.proposal.assigning import choose
from matcher.proposal.cleaning import clean, unquoted, without_dots
from matcher.proposal.contact import is_organisation, read_contact
from matcher.proposal.durations import read_months
from matcher.proposal.gaps import Opening, openings
from matcher.proposal.headings import Candidate, candidates
from matcher.proposal.hints import without_hints
from matcher.proposal.lines import Place, Row, between, is_marked, joined, rows_of
from matcher.proposal.margins import end_of_form, has_commitment, is_letterhead, is_signature, sent_date
from matcher.proposal.places import knows_pages, places_in
from matcher.proposal.products import read_products
from matcher.proposal.reasons import split_reasons
from matcher.proposal.template import CONTACT, DURATION, USER, Wanted, wanted_items
from matcher.proposal.wordings import Wordings
from matcher.records import SECTIONS, Contact, Document, FilledForm, FilledItem, Form, SectionPlace
from matcher.text import repair_spacing

_OTHER_ITEM = re.compile(r"\s*[A-ZĐÀ-Ỹ][^:.;]{1,40}:")
_LONGEST_TITLE = 600
_SENTENCE = re.compile(r"(?<=[.;!?])\s")
#: With so much of the template found, a signature ends the form whatever follows it.
_MOST_FOUND = 0.6


@dataclass(slots=True)
class FormText:
    """What was read from a form.

    Attributes
    ----------
    sections, extra : dict of str to str
        Normalised text by section, and of the items that are no section, by their name; no contact data.
    filled : FilledForm
        The template's items, found or not, and the fields read from them.
    """

    sections: dict[str, str] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    filled: FilledForm = field(default_factory=FilledForm)

    @property
    def is_form(self) -> bool:
        """Whether the document is a form at all: it has two items or more."""
        return sum(item.present for item in self.filled.items) >= 2


@dataclass(frozen=True, slots=True)
class _Part:
    """An item as it stands in the document."""

    wanted: Wanted | None
    name: str
    heading: Row
    rows: tuple[Row, ...]

    @property
    def confidence(self) -> float:
        return min((row.confidence for row in (self.heading, *self.rows)), default=1.0)


def read_form(document: Document, template: Form | None = None) -> FormText:
    """Read the items of a proposal form, whatever their numbering, wording, order, spelling and layout.

    Parameters
    ----------
    document : Document
        The form as it was read.
    template : Form, optional
        The announcement's own form; else that of ten items.

    Returns
    -------
    FormText
        Contact data are in `filled.contact` alone.
    """
    rows = rows_of(document)
    wanted = wanted_items(template)
    chosen = _before_signature(rows, choose(candidates(rows, Wordings(wanted)), wanted), wanted)
    opened = openings(rows, chosen, wanted)
    end = end_of_form(rows, opened[-1].end.row + (opened[-1].end.at > 0)) if opened else len(rows)
    parts = _parts(rows, opened, end, wanted)
    form = FormText()
    items = [_item(each, parts) for each in wanted if each.listed]
    _sections(form, parts, items)
    form.filled = replace(_fields(form, parts, items), places=_places(form, parts, paged=knows_pages(document)))
    if "organisation" not in form.sections and is_organisation(form.filled.contact.name):
        form.sections["organisation"] = form.filled.contact.name
    if opened:
        first = opened[0].start.row
        form.filled = replace(
            form.filled, committed=has_commitment(rows, opened[-1].start.row), sent=sent_date(rows, first, end)
        )
    if not any(part.wanted is not None and part.wanted.concept == "title" for part in parts):
        before = between(rows, Place(0, 0), opened[0].start) if opened else rows
        _guess_title(form, before, read_anything=not opened)
    return form


def _before_signature(
    rows: Sequence[Row], chosen: Sequence[Candidate], wanted: Sequence[Wanted]
) -> Sequence[Candidate]:
    """Leave out headings below the signature: annexes of a form have headings too."""
    listed = [each.start.row for each in chosen if wanted[each.item].listed]
    enough = _MOST_FOUND * sum(each.listed for each in wanted)
    for index, row in enumerate(rows):
        if listed and index > listed[0] and is_signature(row.text) and sum(at < index for at in listed) >= enough:
            return [each for each in chosen if each.start.row <= index]
    return chosen


def _parts(rows: Sequence[Row], opened: Sequence[Opening], end: int, wanted: Sequence[Wanted]) -> list[_Part]:
    parts = []
    stops = [*(each.start for each in opened[1:]), Place(end, 0)] if opened else []
    for each, stop in zip(opened, stops, strict=True):
        item = wanted[each.item] if each.item >= 0 else None
        name = each.name if item is None else item.section
        own = _trimmed(between(rows, each.end, stop))
        if not own and each.shorter is not None:
            own = _trimmed(between(rows, each.shorter, stop))
        parts.append(_Part(item, name, rows[each.start.row], tuple(own)))
    return parts


def _trimmed(rows: Sequence[Row]) -> list[Row]:
    """Take the signs between a heading and its text off the text, and lines of dots to fill in."""
    rows = [row for row in rows if re.search(r"[^\W_]", row.text)]
    if rows:
        rows[0] = replace(rows[0], text=re.sub(r"^[\s:：|]+(?:[–-]\s+(?=\S))?", "", rows[0].text))
    return [row for row in rows if row.text]


def _item(wanted: Wanted, parts: Sequence[_Part]) -> FilledItem:
    """Return an item of the template as it was filled in."""
    part = next((part for part in parts if part.wanted is wanted), None)
    if part is None:
        return FilledItem(wanted.item.number, wanted.item.name)
    text, hint_left = without_hints(without_dots(joined(part.rows)), wanted.item.hint)
    if wanted.concept == CONTACT:
        text = _shown(read_contact(text), text)
    elif wanted.concept == "title":
        text = clean(_title_of(part.rows))
    return FilledItem(
        number=wanted.item.number,
        name=wanted.item.name,
        text=clean(text),
        present=True,
        hint_left=hint_left,
        page=part.heading.page,
        line=part.heading.line,
        confidence=part.confidence,
    )


def _shown(contact: Contact, text: str) -> str:
    """Return what of a contact item may be shown: the name, else which of the others are given."""
    given = (("điện thoại", contact.telephone), ("thư điện tử", contact.email), ("địa chỉ", contact.address))
    return contact.name or ", ".join(name for name, value in given if value) or ("…" if text.strip() else "")


def _sections(form: FormText, parts: Sequence[_Part], items: Sequence[FilledItem]) -> None:
    """Sort the texts of items into sections and extra columns."""
    texts = {item.number: item.text for item in items}
    for part in _listed_first(parts):
        if part.name == CONTACT or not part.name:
            continue
        listed = part.wanted is not None and part.wanted.listed
        text = texts[part.wanted.item.number] if part.wanted is not None and listed else clean(joined(part.rows))
        # Who would apply the results is not who proposes: the section is for the latter.
        name = USER if part.name == "organisation" and listed else part.name
        target = form.sections if name in SECTIONS else form.extra
        if text and name not in target:
            target[name] = text
        elif text and listed:
            target[name] = f"{target[name]}\n{text}"


def _listed_first(parts: Sequence[_Part]) -> list[_Part]:
    return sorted(parts, key=lambda part: part.wanted is None or not part.wanted.listed)


def _places(form: FormText, parts: Sequence[_Part], *, paged: bool) -> tuple[SectionPlace, ...]:
    """Return where each section's text stands in the document."""
    found: list[SectionPlace] = []
    for section, text in form.sections.items():
        of_items = [
            (part.wanted.item.number, part.rows)
            for part in _listed_first(parts)
            if part.wanted and part.name == section
        ]
        found += places_in(section, text, of_items)
    return tuple(each if paged else replace(each, page=0) for each in found)


def _fields(form: FormText, parts: Sequence[_Part], items: Sequence[FilledItem]) -> FilledForm:
    """Read the fields of a form from its items."""
    contact = next((joined(part.rows) for part in parts if part.name == CONTACT), "")
    reasons = [part for part in parts if part.name == "rationale" and part.wanted is not None]
    texts = {item.number: item.text for item in items}
    lead = [f"{part.wanted.item.name}: " if len(reasons) > 1 else "" for part in reasons if part.wanted]
    bodies = [texts.get(part.wanted.item.number, "") for part in reasons if part.wanted]
    grounds, urgency = split_reasons("\n".join(map("".join, zip(lead, bodies, strict=True))))
    return FilledForm(
        items=tuple(items),
        grounds=grounds,
        urgency=urgency,
        months=read_months(form.extra.get(DURATION, "")),
        budget_vnd=read_budget(form.sections.get("budget", "")),
        contact=read_contact(repair_spacing(without_dots(contact))),
        organisation=form.extra.get(USER, ""),
        products=read_products(form.sections.get("results", "")),
    )


def _title_of(rows: Sequence[Row]) -> str:
    """Return the title of item 1: its own line, and the lines that go on with it."""
    taken: list[str] = []
    for row in rows:
        if taken and (is_marked(row.text) or _OTHER_ITEM.match(row.text) or not row.joined):
            break
        if not (row.text.startswith("(") and row.text.endswith(")")):  # a hint of the form
            taken.append(row.text)
        if len(" ".join(taken)) > _LONGEST_TITLE:
            break
    return unquoted(" ".join(without_dots(" ".join(taken)).split()))


def _guess_title(form: FormText, rows: Sequence[Row], *, read_anything: bool) -> None:
    """Take the first heading as title, else the first line that is no letterhead; the rest is content."""
    plain = [row for row in rows if not is_letterhead(row.text)] or ([*rows] if read_anything else [])
    if not plain:
        return
    headings = [index for index, row in enumerate(plain) if row.heading]
    index = headings[0] if headings else 0
    taken = [plain[index]]
    for row in plain[index + 1 :]:
        if not row.joined or row.heading or _ends_sentence(taken[-1].text):
            break
        taken.append(row)
    text = " ".join(" ".join(row.text for row in taken).split())
    rest = [*plain[:index], *plain[index + len(taken) :]]
    if len(text) > _LONGEST_TITLE // 2:  # a paragraph: its first sentence names the work, all of it describes it
        rest = [*taken, *rest]
        text = _SENTENCE.split(text, maxsplit=1)[0][: _LONGEST_TITLE // 2]
    form.sections["title"] = clean(unquoted(text))
    if rest and "content" not in form.sections and (body := clean(joined(rest))):
        form.sections["content"] = body


def _ends_sentence(text: str) -> bool:
    return text.endswith((".", ";", ":", "!", "?")) or len(text) < 40
