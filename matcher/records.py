"""The frozen records that the stages hand to one another.

One noun per concept; the Vietnamese term stands once in each docstring. Offsets are code points and count from 0;
a span `[start, end)` always slices back to the text it names. The shape of the files that leave the program
(CONTRACT: JSON lines, `announcement --json`) is made from these records in `matcher.reporting.contract`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

# --------------------------------------------------------------------------------------------- shared


class Status(StrEnum):
    """How the reading of a document or proposal ended; never `OK` with problems of content loss."""

    OK = "ok"
    PARTIAL = "partial"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch `[start, end)` of a text, in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words that the span names in `text`."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that went wrong or deserves a look; `code` is stable, `message` is for people."""

    code: str
    message: str
    where: str = ""


# --------------------------------------------------------------------------------------------- reading


class LineKind(StrEnum):
    """What a line of a document is, as far as its file format tells."""

    BODY = "body"
    NOTE = "note"  # the body of a footnote or endnote
    RUNNING = "running"  # a running header or footer, or a page number known as such by the format
    TABLE = "table"  # one row of a table, its cells joined with " | "


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document.

    `marker` is a list number or bullet that the format keeps outside the text (Word's automatic numbering);
    `raised` are spans, in the document's text, of superscript characters: footnote references, as a rule.
    `confidence` is below 1 where the text was recognised from a picture: how sure the recogniser was of its words.
    """

    span: Span
    page: int = 1
    kind: LineKind = LineKind.BODY
    marker: str = ""
    level: int = 0
    heading: bool = False
    raised: tuple[Span, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Document:
    """A file read into text (tài liệu): NFC, lines joined by a line feed, pages counted from 1."""

    file: str
    media: str  # "txt", "docx", "pdf"
    text: str
    lines: tuple[Line, ...]
    pages: int = 1
    status: Status = Status.OK
    problems: tuple[Problem, ...] = ()

    def line_text(self, line: Line) -> str:
        """Return the text of one of the document's lines."""
        return line.span.of(self.text)


# --------------------------------------------------------------------------------------------- announcement


class Basis(StrEnum):
    """How a bullet is tied to the plan it rests on (căn cứ)."""

    EXPLICIT = "explicit"  # a footnote mark on the bullet
    INHERITED = "inherited"  # no mark: the last mark above it in the same field
    INLINE = "inline"  # named in the bullet's own text
    UNRESOLVED = "unresolved"  # the footnote names a plan that the preamble does not
    NONE = "none"  # nothing ties the bullet to a plan


@dataclass(frozen=True, slots=True)
class Field:
    """A field of research (lĩnh vực) of an announcement; `id` is its ordinal from 1."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A document that orientations rest on (văn bản căn cứ): Kế hoạch, Quyết định, Nghị quyết, Chương trình.

    `id` is the number with its symbol («53/KH-UBND»); `listed` says whether the preamble names it.
    """

    id: str
    kind: str
    date: dt.date | None
    issuer: str
    title: str
    listed: bool
    source: Span | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """The link from a bullet to a plan."""

    plan: str
    basis: Basis
    footnote: int | None = None


@dataclass(frozen=True, slots=True)
class Orientation:
    """One bullet (định hướng) of an announcement, its sub-bullets included.

    `id` is `<field>.<n>`; `source` spans the announcement's text, footnotes dropped by a page break included;
    `aspects` are the clauses of the bullet, in order.
    """

    id: str
    field: int
    text: str
    source: Span
    aspects: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()

    @property
    def main_citation(self) -> Citation | None:
        """The citation that counts as the bullet's plan: the footnote's, else the first in its own text."""
        for citation in self.citations:
            if citation.basis is not Basis.INLINE:
                return citation
        return self.citations[0] if self.citations else None


@dataclass(frozen=True, slots=True)
class FormItem:
    """One item (mục) of the proposal form in an announcement's annex."""

    number: int
    name: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """The proposal form (phiếu đề xuất) of an announcement; `max_pages` is 0 where no limit is stated."""

    items: tuple[FormItem, ...] = ()
    max_pages: int = 0


@dataclass(frozen=True, slots=True)
class Announcement:
    """A department's announcement (thông báo) of research orientations, read into its parts."""

    name: str
    issuer: str
    number: str
    date: dt.date | None
    deadline: dt.date | None
    title: str
    receiving_office: str
    requirements: tuple[str, ...]
    exception: str
    fields: tuple[Field, ...]
    orientations: tuple[Orientation, ...]
    plans: tuple[Plan, ...]
    form: Form
    integrity: tuple[Problem, ...]
    text: str = field(default="", repr=False)

    def plan(self, plan_id: str) -> Plan | None:
        """Return the plan of that number, or None where the announcement names none such."""
        return next((plan for plan in self.plans if plan.id == plan_id), None)

    def plan_of(self, orientation: Orientation) -> tuple[Plan | None, Basis]:
        """Return the plan that an orientation rests on and how it is tied to it."""
        citation = orientation.main_citation
        if citation is None:
            return None, Basis.NONE
        return self.plan(citation.plan), citation.basis


# --------------------------------------------------------------------------------------------- proposals

#: Sections (mục) of a proposal that carry text to compare, in the order in which they are shown.
TEXT_SECTIONS = ("title", "objective", "content", "results", "rationale")
#: All columns that tables of proposals and registers may have.
SECTIONS = (*TEXT_SECTIONS, "organisation", "place", "year", "budget", "status")


@dataclass(frozen=True, slots=True)
class FilledItem:
    """One item (mục) of a proposal form as it was filled in.

    `number` and `name` are the announcement's; `text` is what the proposer wrote, normalised, without the heading and
    without the form's own hints. `present` says that the heading was found, `hint_left` that hints still stand there.
    `page` counts from 1 (0: not known); `line` is the index in `Document.lines` of the line with the heading, -1 where
    there is none. `confidence` is below 1 where the text was recognised from a picture.
    """

    number: int
    name: str
    text: str = ""
    present: bool = False
    hint_left: bool = False
    page: int = 0
    line: int = -1
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Product:
    """A product (sản phẩm) that a form promises: its line, and the number and unit that measure it, if any does."""

    text: str
    amount: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Who to ask (địa chỉ liên hệ): personal data, kept apart from what is compared, logged and reported."""

    name: str = ""
    telephone: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class SectionPlace:
    """From `start` on, up to the next place, a section's text stands under `item` on `page`; 0 where not known."""

    section: str
    start: int
    item: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A proposal form (phiếu đề xuất) as a proposer filled it in, read into fields.

    `grounds` (căn cứ) and `urgency` (tính cấp thiết) are the two halves of the reasons; `months` is the duration and
    `budget_vnd` the budget in đồng (the largest total named), None where none is stated; `committed` says that the
    line of commitment stands there, `sent` is the date above the signature. `organisation` is who would apply the
    results (địa chỉ ứng dụng), `products` what the results are, each with its measure. `places` lead from the sections'
    texts back to the form, section by section in the order of the text.
    """

    items: tuple[FilledItem, ...] = ()
    grounds: str = ""
    urgency: str = ""
    months: int | None = None
    budget_vnd: int | None = None
    committed: bool = False
    sent: dt.date | None = None
    contact: Contact = field(default_factory=Contact, repr=False)
    organisation: str = ""
    products: tuple[Product, ...] = ()
    places: tuple[SectionPlace, ...] = ()

    def place(self, section: str, start: int) -> SectionPlace:
        """Return where a code point of a section stands in the form."""
        before = [each for each in self.places if each.section == section and each.start <= start]
        return before[-1] if before else SectionPlace(section, start)

    def item(self, number: int) -> FilledItem | None:
        """Return the item of that number, or None where the form has none such."""
        return next((item for item in self.items if item.number == number), None)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a proposal came from: its file, and its row in a table (1 is the table's first line).

    `sha256` is the hash of the document's bytes in hexadecimal, empty for rows; it names content, not a place, and so
    has no part in comparing.
    """

    file: str
    row: int | None = None
    sha256: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal (phiếu đề xuất), or a past task of a register (nhiệm vụ đã/đang thực hiện).

    `sections` maps names of `SECTIONS` to normalised text, the title among them; `extra` keeps the columns that
    the program does not know, as they were. `form` is there where the proposal came as a filled-in form.
    """

    id: str
    sections: Mapping[str, str]
    source: Source
    status: Status = Status.OK
    problems: tuple[Problem, ...] = ()
    extra: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    pages: int | None = None
    form: FilledForm | None = None

    @property
    def title(self) -> str:
        """The title (tên nhiệm vụ); empty where the proposal could not be read."""
        return self.sections.get("title", "")


@dataclass(frozen=True, slots=True)
class Register:
    """A register of past tasks (danh mục nhiệm vụ đã/đang thực hiện)."""

    name: str
    tasks: tuple[Proposal, ...]
    problems: tuple[Problem, ...] = ()


# --------------------------------------------------------------------------------------------- results


class State(StrEnum):
    """Where a proposal stands against an announcement."""

    ALIGNED = "aligned"
    UNCERTAIN = "uncertain"  # a person must look
    OUTSIDE = "outside"  # no orientation fits; admissible only if urgent and necessary
    INVALID = "invalid"  # no proposal at all


@dataclass(frozen=True, slots=True)
class EvidenceSpan:
    """Words of a proposal's section, or of an orientation (`section` is then "orientation")."""

    section: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words on both sides that carry a match, with their share of the similarity."""

    proposal: EvidenceSpan
    orientation: EvidenceSpan
    weight: float


@dataclass(frozen=True, slots=True)
class MatchedPlan:
    """The plan behind a matched orientation; `id` is "" where nothing ties the bullet to a plan."""

    id: str
    date: dt.date | None
    title: str
    basis: Basis
    probability: float


@dataclass(frozen=True, slots=True)
class Match:
    """A proposal against one orientation.

    `probability` is the chance that a careful officer would call the orientation relevant (grade 1 or 2); it does
    not depend on any other proposal.
    """

    rank: int
    orientation: str
    field: int
    probability: float
    scores: Mapping[str, float]
    plan: MatchedPlan
    evidence: tuple[Evidence, ...] = ()
    uncovered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RankedPlan:
    """A plan ranked for a proposal, with the orientations that speak for it."""

    rank: int
    id: str
    probability: float
    orientations: tuple[str, ...]


class DuplicateKind(StrEnum):
    """How two proposals are alike; the last one is information, not a duplicate."""

    IDENTICAL = "identical"
    REVISED = "revised"
    SAME_WORK = "same_work"
    OVERLAP = "overlap"
    SAME_METHOD_ELSEWHERE = "same_method_elsewhere"


@dataclass(frozen=True, slots=True)
class Reason:
    """One part's push (log-odds) towards or away from what it is a reason for."""

    part: str
    weight: float
    note: str


@dataclass(frozen=True, slots=True)
class NotChosen:
    """The nearest orientation that is more likely irrelevant than relevant, and what kept it there.

    `against` is the orientation it was compared with, the best match; "" where nothing was chosen, and it is compared
    with what relevant orientations usually show.
    """

    orientation: str
    probability: float
    against: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two proposals, or a proposal and a past task, that are alike; `a` comes first in the input."""

    a: str
    b: str
    source: str  # "batch" or "register"
    kind: DuplicateKind
    probability: float
    reasons: tuple[Reason, ...] = ()
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class FormReport:
    """What a proposal's form has and lacks; `items` are (number, name, present)."""

    items: tuple[tuple[int, str, bool], ...] = ()
    pages: int | None = None
    problems: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Flag:
    """The verdict on a proposal as a whole.

    `outside_probability` is the chance that no orientation covers it; `reasons` say why in words; `urgency` is the
    text of the form that pleads urgency, looked up where the proposal lies outside.
    """

    state: State
    outside_probability: float
    reasons: tuple[str, ...] = ()
    urgency: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything that the program says about one proposal."""

    proposal: Proposal
    flag: Flag
    matches: tuple[Match, ...] = ()
    plans: tuple[RankedPlan, ...] = ()
    duplicates: tuple[DuplicatePair, ...] = ()
    form: FormReport = field(default_factory=FormReport)
    not_chosen: NotChosen | None = None
