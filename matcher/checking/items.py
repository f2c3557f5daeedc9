"""Items that are missing, empty, or still hold the words of the blank form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from matcher.announcement.numbers import NUMBER
from matcher.checking.case import Case, Finding, where
from matcher.checking.roles import Role, roles_of
from matcher.checking.wording import item_rule
from matcher.records import Contact, FilledForm, FilledItem, FormItem
from matcher.text import comparison_key

_WORD = re.compile(r"\w+")
#: The dotted lines of a blank: three dots alone mean «and so on».
_BLANK = re.compile(r"[.…_]*(?:\.{6,}|…{3,}|_{4,}|(?:\. ){5,})[.…_]*")
_PLACEHOLDER = re.compile(
    r"[(\[<{]\s*(?:ghi (?:rõ|cụ thể|tên|số|đầy đủ)|nêu (?:rõ|cụ thể|tóm tắt|tên)|điền|nhập|trình bày|mô tả|liệt kê"
    r"|giải trình|xem hướng dẫn)\b[^)\]>}]{0,200}[)\]>}]",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"(?:không|không có|chưa có|chưa rõ|để trống|như trên|n/?a|x)?\W*", re.IGNORECASE)
#: So many words in a row are the form's, not the proposer's.
_RUN = 6
#: So many runs of a long hint: a few may come from citing the decree that the hint names.
_RUNS = 6


def item_missing(case: Case) -> Iterator[Finding]:
    """Flag an item (mục) of the announcement's form whose heading is not there."""
    if not case.is_form:
        return
    for item, filled in case.asked:
        if filled is None and not _is_answered_elsewhere(case, item):
            yield Finding(
                "item_missing",
                f"Phiếu thiếu mục {item.number} «{item.name}».",
                item_rule(item),
                f"Bổ sung mục {item.number} «{item.name}» theo đúng mẫu phiếu.",
                item.number,
                where(item.number, None),
            )


def item_empty(case: Case) -> Iterator[Finding]:
    """Flag an item whose heading is there and nothing under it but dots."""
    for item, filled in case.asked if case.is_form else ():
        if filled is None or hint_left(item, filled) or _is_answered_elsewhere(case, item):
            continue
        if is_blank(item, filled.text):
            yield Finding(
                "item_empty",
                f"Mục {item.number} «{item.name}» chưa có nội dung.",
                item_rule(item),
                f"Viết nội dung cho mục {item.number}.",
                item.number,
                where(item.number, filled),
            )


def item_hint_left(case: Case) -> Iterator[Finding]:
    """Flag an item that still holds the hint (lời hướng dẫn) or the dotted lines of the blank form."""
    for item, filled in case.asked if case.is_form else ():
        if filled is None or not hint_left(item, filled):
            continue
        only = is_blank(item, _without_hint(item, filled.text))
        message = "chỉ có" if only else "còn nguyên"
        yield Finding(
            "item_hint_left",
            f"Mục {item.number} «{item.name}» {message} lời hướng dẫn hoặc dòng kẻ chấm của mẫu phiếu.",
            item_rule(item),
            f"Xóa lời hướng dẫn của mẫu ở mục {item.number} và viết nội dung của mình vào đó.",
            item.number,
            where(item.number, filled),
        )


def hint_left(item: FormItem, filled: FilledItem) -> bool:
    """Tell whether an item holds words of the blank form: as the reader found, a hint's own words, or blanks."""
    text = filled.text
    if filled.hint_left or _PLACEHOLDER.search(text):
        return True
    if _BLANK.search(text) and not is_blank(item, text):
        return True
    runs = _runs_of_hint(item.hint)
    return bool(runs) and _copied(runs, text) >= min(_RUNS, len(runs))


def is_blank(item: FormItem, text: str) -> bool:
    """Tell whether a text says nothing: dots, «không», or the heading over again."""
    text = _BLANK.sub(" ", text).strip()
    return _NOTHING.fullmatch(text) is not None or _words(text) == _words(item.name)


def has_contact(contact: Contact) -> bool:
    """Tell whether anything is known of whom to ask."""
    return any((contact.name, contact.telephone, contact.email, contact.address))


def _is_answered_elsewhere(case: Case, item: FormItem) -> bool:
    """Contact data are kept apart from the item's text; numbers may have been read without their heading."""
    form = case.form or FilledForm()
    roles = roles_of(item.name)
    return Role.CONTACT in roles and has_contact(form.contact)


def _without_hint(item: FormItem, text: str) -> str:
    text = _PLACEHOLDER.sub(" ", text)
    hint = frozenset(_words(f"{item.hint} {item.name}"))
    return " ".join(word for word in _words(text) if word not in hint)


def _copied(runs: frozenset[tuple[str, ...]], text: str) -> int:
    words = _words(text)
    return len({tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)} & runs)


@lru_cache(maxsize=256)
def _runs_of_hint(hint: str) -> frozenset[tuple[str, ...]]:
    """Return the runs of six words of a hint, without the sentences that name a decree: proposers cite it too."""
    clauses = [clause for clause in re.split(r"[().;:]|(?:^|\s)[-–]\s", hint) if not NUMBER.search(clause)]
    found: set[tuple[str, ...]] = set()
    for clause in clauses:
        words = _words(clause)
        found |= {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
    return frozenset(found)


def _words(text: str) -> list[str]:
    return _WORD.findall(comparison_key(text))
