"""A past task as a register keeps it: the columns that are searched and shown, and no names of persons."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from pathlib import PurePosixPath
from types import MappingProxyType

from matcher.reading.columns import fold
from matcher.records import Problem, Proposal, Source
from matcher.register.years import read_period, says_nothing
from matcher.text import comparison_key

#: Columns of the national register («Phiếu thông tin nhiệm vụ KH&CN», Thông tư 14/2014/TT-BKHCN) that proposals do
#: not have, by patterns over folded headings; the first that fits wins.
_COLUMNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("registration", r"((so|ma so|so hieu)( \w+)* |giay chung nhan |gcn )dang ky( .*)?|registration( .*)?"),
        ("managing_body", r"((co quan|don vi|to chuc|bo nganh|bo)( \w+)* )(quan ly|chu quan|phe duyet)( .*)?"),
        ("managing_body", r"(managing|governing) (body|agency|organi[sz]ation)"),
        ("level", r"cap( .*)?|level"),
        ("field_class", r"(ma )?(linh vuc|chuyen nganh|nganh|phan loai)( .*)?|fields?( class)?|discipline"),
        ("started", r"((ngay|thang|nam|thoi gian|thoi diem) )*bat dau( .*)?|start( date)?|(ngay )?khoi cong"),
        ("ended", r"((ngay|thang|nam|thoi gian|thoi diem) )*(ket thuc|hoan thanh)( .*)?|end( date)?|finish( date)?"),
        ("period", r"(thoi gian|thoi han|giai doan)( (thuc hien|nghien cuu|trien khai).*)?|duration|period"),
    )
)
_PERSONS = re.compile(
    r"(?!so )(.* )?(chu nhiem|thanh vien|thu ky|nguoi (thuc hien|tham gia|chu tri|huong dan|dai dien|de xuat|phu trach|"
    r"dung dau|nop|lap)|ca nhan|can bo|tac gia|ho ten|ho va ten|giang vien|sinh vien|hoc vien|nghien cuu sinh|"
    r"leaders?|members?|(principal )?investigators?|authors?|participants?|persons?|pi)( .*)?"
)
#: «Sở KH&CN; TS. …»: the part of an organisation's cell that names a person.
_PERSON_PART = re.compile(
    r"[;,\n(–-]?\s*(?<!\w)(?:(?i:chủ nhiệm|cnđt|thành viên)\b[^;,\n]*"
    r"|(?:PGS|GS|TSKH|TS|ThS|Th\.S|KS|BS|BSCKI{1,2})\.\s*[A-ZÀ-ỸĐ][^;,\n]*)"
)
#: What `matcher.proposal` calls a task without an id of its own.
_NO_ID = re.compile(r"p-[0-9a-f]{12}")
#: Under which headings the columns beyond a proposal's are shown.
LABELS: Mapping[str, str] = MappingProxyType(
    {
        "level": "Cấp",
        "managing_body": "Cơ quan quản lý",
        "field_class": "Lĩnh vực",
        "started": "Bắt đầu",
        "ended": "Kết thúc",
        "registration": "Số đăng ký",
    }
)
_YEAR_AS_WRITTEN = "năm (như trong bảng)"
_MOST_WORDS_OF_HEADING = 8


@dataclass(frozen=True, slots=True)
class PastTask:
    """One task of a register (nhiệm vụ đã/đang thực hiện); empty texts where the table did not say.

    `year` is that of the start; `started` and `ended` are dates as far as known («2019-03»); `extra` holds the columns
    that the program does not know. The leader and the members are not kept: nothing in the search needs them.
    """

    id: str
    title: str
    objective: str = ""
    content: str = ""
    results: str = ""
    rationale: str = ""
    organisation: str = ""
    place: str = ""
    year: int | None = None
    status: str = ""
    budget: str = ""
    level: str = ""
    managing_body: str = ""
    field_class: str = ""
    started: str = ""
    ended: str = ""
    registration: str = ""
    extra: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    source: Source = field(default_factory=lambda: Source(""))

    @property
    def key(self) -> str:
        """A hash of the title, equal for equal words."""
        return title_key(self.title)

    @property
    def variant(self) -> str:
        """What tells tasks of one id apart: title, year, organisation and place, hashed."""
        return _variant(self.title, self.year, self.organisation, self.place)

    @property
    def digest(self) -> str:
        """A hash of all that is kept but where it came from."""
        plain = {name: getattr(self, name) for name in STORED if name != "extra"} | {"extra": dict(self.extra)}
        content = json.dumps(plain, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def over(self, old: PastTask) -> PastTask:
        """Return this task with what only the old one says: a blank cell forgets nothing."""
        kept = {
            name: getattr(old, name)
            for name in STORED
            if name not in ("id", "title", "extra") and not getattr(self, name) and getattr(old, name)
        }
        extra = MappingProxyType(dict(sorted({**old.extra, **self.extra}.items())))
        return replace(self, extra=extra, **kept)

    def to_proposal(self, register: str) -> Proposal:
        """Return the task in the shape in which proposals are compared."""
        sections = {name: getattr(self, name) for name in _SECTIONS if getattr(self, name)}
        if self.year:
            sections["year"] = str(self.year)
        extra = {label: getattr(self, name) for name, label in LABELS.items() if getattr(self, name)}
        return Proposal(
            id=self.id,
            sections=MappingProxyType(sections),
            source=self.source,
            extra=MappingProxyType({"Danh mục": register, **extra, **self.extra}),
        )


#: The columns of a task in the database, in order.
STORED = tuple(each.name for each in fields(PastTask) if each.name != "source")
_SECTIONS = ("title", "objective", "content", "results", "rationale", "organisation", "place", "budget", "status")


@lru_cache(maxsize=4096)
def title_key(title: str) -> str:
    """Return a hash of a title's words: case, spacing, punctuation, Unicode form and the place of tones do not count.

    Examples
    --------
    >>> title_key("Bảo tồn gà sáu ngón.") == title_key("BẢO TỒN  GÀ SÁU NGÓN")
    True
    """
    words = " ".join("".join(c if c.isalnum() else " " for c in comparison_key(title)).split())
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@lru_cache(maxsize=4096)
def _variant(title: str, year: int | None, organisation: str, place: str) -> str:
    parts = (title_key(title), str(year or ""), comparison_key(organisation), comparison_key(place))
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:6]


def past_task(proposal: Proposal, *, year: int | None = None, status: str = "") -> tuple[PastTask, tuple[Problem, ...]]:
    """Return the past task that a row of a table, or a proposal, makes.

    Parameters
    ----------
    proposal : Proposal
        With a title.
    year, status
        For tasks that do not say themselves.

    Returns
    -------
    task : PastTask
        Its id is the proposal's own if its table gave one, else a hash of the title.
    problems : tuple of Problem
        A year that could not be read.
    """
    known, extra = _known_columns(proposal.extra)
    sections = proposal.sections
    written = sections.get("year", "")
    found = read_period(written).year or read_period(known.get("started", "")).year or year
    if written and written != str(found):
        extra[_YEAR_AS_WRITTEN] = written
    task = PastTask(
        id=f"t-{title_key(proposal.title)[:12]}" if without_id(proposal) else proposal.id,
        **{name: sections.get(name, "") for name in _SECTIONS if name not in ("organisation", "status")},
        organisation=without_persons(sections.get("organisation", "")),
        status=sections.get("status", "") or status,
        year=found,
        **{name: known.get(name, "") for name in LABELS},
        extra=MappingProxyType(dict(sorted(extra.items()))),
        source=Source(_bare(proposal.source.file), proposal.source.row),
    )
    return task, _year_problems(proposal, found)


def without_id(proposal: Proposal) -> bool:
    """Say whether a proposal's id was made from its text, since its table gave none."""
    return _NO_ID.fullmatch(proposal.id) is not None


def names_persons(heading: str) -> bool:
    """Tell whether a column holds names of persons by its heading.

    Examples
    --------
    >>> names_persons("Chủ nhiệm đề tài"), names_persons("Các thành viên tham gia"), names_persons("Số thành viên")
    (True, True, False)
    """
    folded = fold(heading)
    return len(folded.split()) <= _MOST_WORDS_OF_HEADING and _PERSONS.fullmatch(folded) is not None


def without_persons(organisation: str) -> str:
    """Return an organisation's cell without the persons named after it.

    Examples
    --------
    >>> without_persons("Trường Đại học Nông Lâm; TS. A B")
    'Trường Đại học Nông Lâm'
    """
    return _PERSON_PART.sub("", organisation).strip(" ;,\n-–")


def _known_columns(columns: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Share unknown columns out: those of the national register, those kept as they are; persons go."""
    known: dict[str, str] = {}
    extra: dict[str, str] = {}
    for heading, text in columns.items():
        folded = fold(heading)
        name = next((name for name, pattern in _COLUMNS if pattern.fullmatch(folded)), "")
        if name in ("started", "ended"):
            known.setdefault(name, read_period(text).start or text)
        elif name == "period":
            period = read_period(text)
            dates = {"started": period.start, "ended": period.end}
            known = {name: date for name, date in dates.items() if date} | known
            extra[heading] = text
        elif name and name not in known:
            known[name] = text
        elif text and not names_persons(heading):
            extra[heading] = without_persons(text) if "chu tri" in folded else text
    return known, extra


def _year_problems(proposal: Proposal, found: int | None) -> tuple[Problem, ...]:
    text = proposal.sections.get("year", "")
    if found is not None or says_nothing(text):
        return ()
    where = f"dòng {proposal.source.row}" if proposal.source.row else proposal.id
    message = f"Không đọc được năm «{text[:40]}»; nhiệm vụ vẫn được nhập, không có năm. Sửa ô «năm» rồi nhập lại."
    return (Problem("year_unreadable", message, where),)


def _bare(file: str) -> str:
    """Return a file's name without its folders, which belong to one machine."""
    return PurePosixPath(file.replace("\\", "/")).name
