"""One organisation under several spellings: one key, and its commonest spelling as its name.

Careful rather than complete: two names share a key only where they differ in case, spacing, punctuation, Unicode, a
known abbreviation, «và», «Trường» before «Đại học», or «tỉnh» before the province. A number, a legal form or one
place more keeps them apart.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from matcher.records import Proposal
from matcher.register.task import without_persons
from matcher.text import comparison_key, normalize, strip_diacritics

#: Abbreviations in names of organisations, as `_plain` writes them. Those of two letters that mean several things are
#: taken only where they stand: see `_AT_START` and `_AFTER`.
_ABBREVIATIONS: Mapping[str, str] = MappingProxyType(
    {
        "kh cn": "khoa học công nghệ",
        "khcn": "khoa học công nghệ",
        "kh kt": "khoa học kỹ thuật",
        "khkt": "khoa học kỹ thuật",
        "khxh nv": "khoa học xã hội nhân văn",
        "khxh": "khoa học xã hội",
        "khtn": "khoa học tự nhiên",
        "đmst": "đổi mới sáng tạo",
        "cntt": "công nghệ thông tin",
        "cnsh": "công nghệ sinh học",
        "nn ptnt": "nông nghiệp phát triển nông thôn",
        "ptnt": "phát triển nông thôn",
        "nn mt": "nông nghiệp môi trường",
        "tn mt": "tài nguyên môi trường",
        "tnmt": "tài nguyên môi trường",
        "gd đt": "giáo dục đào tạo",
        "gdđt": "giáo dục đào tạo",
        "gtvt": "giao thông vận tải",
        "tt tt": "thông tin truyền thông",
        "tttt": "thông tin truyền thông",
        "vh tt dl": "văn hóa thể thao du lịch",
        "vhttdl": "văn hóa thể thao du lịch",
        "vhtt dl": "văn hóa thể thao du lịch",
        "lđ tb xh": "lao động thương binh xã hội",
        "lđtb xh": "lao động thương binh xã hội",
        "lđtbxh": "lao động thương binh xã hội",
        "kh đt": "kế hoạch đầu tư",
        "tc kh": "tài chính kế hoạch",
        "ubnd": "ủy ban nhân dân",
        "hđnd": "hội đồng nhân dân",
        "ubmttq": "ủy ban mặt trận tổ quốc",
        "mttq": "mặt trận tổ quốc",
        "lhpn": "liên hiệp phụ nữ",
        "htx": "hợp tác xã",
        "nc pt": "nghiên cứu phát triển",
        "nc": "nghiên cứu",
        "cty": "công ty",
        "tnhh": "trách nhiệm hữu hạn",
        "mtv": "một thành viên",
        "bvđk": "bệnh viện đa khoa",
        "ttyt": "trung tâm y tế",
        "thpt": "trung học phổ thông",
        "thcs": "trung học cơ sở",
        "bvtv": "bảo vệ thực vật",
        "hlkh": "hàn lâm khoa học",
        "đhqg": "đại học quốc gia",
        "đh": "đại học",
        "tp hcm": "thành phố hồ chí minh",
        "tphcm": "thành phố hồ chí minh",
        "tp": "thành phố",
        "tx": "thị xã",
    }
)
#: Only as the first words: «TT Khuyến nông», not «Phòng Văn hóa TT».
_AT_START = MappingProxyType(
    {"tt": "trung tâm", "cc": "chi cục", "bv": "bệnh viện", "cđ": "cao đẳng", "trường cđ": "trường cao đẳng"}
)
#: Only after «công ty», which keys write «công ti»: «Công ty CP».
_AFTER = re.compile(r"(?<=\bcông ti )cp\b|(?<=\btập đoàn )cp\b")
_WRITTEN_OUT = re.compile(rf"\b(?:{'|'.join(sorted(_ABBREVIATIONS, key=len, reverse=True))})\b")
_SCHOOL = re.compile(r"\btrường (?=đại học\b|cao đẳng\b)")
_IN_BRACKETS = re.compile(r"\(\s*([A-ZĐ&\-\s]{2,15})\)")
_SEPARATORS = re.compile(r"[;\n]+")
#: Fewer words than these, and a name without diacritics is not taken for one that has them.
_LEAST_WORDS = 3


def organisations_of(proposal: Proposal) -> tuple[str, ...]:
    """Return the organisations that a proposal names, as written, without persons; several are parted by «;»."""
    cell = without_persons(normalize(proposal.sections.get("organisation", "")))
    parts = (" ".join(part.split()).strip(" ,.-–") for part in _SEPARATORS.split(cell))
    return tuple(dict.fromkeys(part for part in parts if any(letter.isalpha() for letter in part)))


def organisation_key(name: str, home: str = "") -> str:
    """Return what names of one organisation have in common.

    Parameters
    ----------
    name : str
        As written.
    home : str
        Short name of the province that asks: its departments («Sở») are often named without it.

    Examples
    --------
    >>> organisation_key("Sở KH&CN tỉnh Lạng Sơn", "Lạng Sơn"), organisation_key("SỞ KHOA HỌC VÀ CÔNG NGHỆ")
    ('sở khoa học công nghệ', 'sở khoa học công nghệ')
    >>> organisation_key("Trường ĐH Nông Lâm"), organisation_key("Trung tâm CNTT tỉnh Hà Giang")
    ('đại học nông lâm', 'trung tâm công nghệ thông tin hà giang')
    """
    key = _plain(_without_initials(normalize(name)))
    for short, full in _AT_START.items():
        if key.startswith(f"{short} "):
            key = full + key[len(short) :]
    key = _WRITTEN_OUT.sub(lambda match: _plain(_ABBREVIATIONS[match[0]]), key)
    key = _AFTER.sub("cổ phần", key)
    key = _SCHOOL.sub("", key)
    key = _provinces().sub(r"\1", key)
    if home and key.startswith("sở "):
        key = key.removesuffix(f" {_plain(home)}")
    return key or _plain(name)


@dataclass(frozen=True, slots=True)
class Organisations:
    """Names of organisations, grouped.

    Attributes
    ----------
    home : str
        Short name of the province that asks.
    names : mapping of str to str
        The commonest spelling of each key.
    accented : mapping of str to str
        The one key with diacritics for keys that were written without.
    """

    home: str
    names: Mapping[str, str]
    accented: Mapping[str, str]

    @classmethod
    def of(cls, spellings: Iterable[str], home: str = "") -> Organisations:
        """Group spellings; each counts as often as it comes, and their order does not matter."""
        counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for spelling in spellings:
            if key := organisation_key(spelling, home):
                counted[key][" ".join(normalize(spelling).split())] += 1
        accented = _accented(counted)
        for bare, key in accented.items():
            counted[key].update(counted.pop(bare))
        names = {key: _commonest(counted[key]) for key in sorted(counted)}
        return cls(home, MappingProxyType(names), MappingProxyType(accented))

    def key(self, spelling: str) -> str:
        """Return the key of a spelling."""
        key = organisation_key(spelling, self.home)
        return self.accented.get(key, key)

    def name(self, spelling: str) -> str:
        """Return the commonest spelling of an organisation; of one never seen, the spelling itself."""
        return self.names.get(self.key(spelling), " ".join(spelling.split()))


def _without_initials(name: str) -> str:
    """Leave out the name's own initials in brackets: «Viện Chăn nuôi (VCN)», but not «Viện Chăn nuôi (HN)»."""

    def shortened(match: re.Match[str]) -> str:
        before = _plain(name[: match.start()]).split()
        initials = strip_diacritics("".join(word[0] for word in before))
        own = strip_diacritics("".join(filter(str.isalpha, match[1])).casefold())
        return " " if own == initials else match[0]

    return _IN_BRACKETS.sub(shortened, name)


def _plain(name: str) -> str:
    """Return a name in small letters, its tones in one place, without punctuation and «và»."""
    words = "".join(letter if letter.isalnum() else " " for letter in comparison_key(name)).split()
    return " ".join(word for word in words if word != "và")


def _accented(counted: Mapping[str, Counter[str]]) -> dict[str, str]:
    """Return, for keys without any diacritics, the one key that they are the bare form of."""
    full: defaultdict[str, list[str]] = defaultdict(list)
    for key in counted:
        if not key.isascii():
            full[_bare(key)].append(key)
    bare = [key for key in counted if key.isascii() and len(key.split()) >= _LEAST_WORDS]
    return {key: full[_bare(key)][0] for key in bare if len(full.get(_bare(key), ())) == 1}


def _bare(key: str) -> str:
    """Return a key without diacritics, without «và» and «trường» as they are written bare."""
    words = [word for word in strip_diacritics(key).split() if word != "va"]
    return re.sub(r"\btruong (?=dai hoc\b|cao dang\b)", "", " ".join(words))


def _commonest(spellings: Counter[str]) -> str:
    """Return the commonest spelling; of several, one in small letters, then the longest."""
    return min(spellings, key=lambda text: (-spellings[text], text.isupper(), text.isascii(), -len(text), text))


@lru_cache(maxsize=1)
def _provinces() -> re.Pattern[str]:
    """Return «tỉnh» before a province, whose name alone says as much."""
    from matcher.segmenting.gazetteer import merged_communes, short_name

    names = {_plain(short_name(commune.province)) for commune in merged_communes()} | {_plain("Thừa Thiên Huế")}
    return re.compile(rf"\btỉnh ({'|'.join(sorted(names, key=len, reverse=True))})\b")
