"""Names of files as people can read them: whatever wrote them, and whatever they hide."""

from __future__ import annotations

import os
import re
import unicodedata
import zipfile
import zlib

from matcher.text import is_syllable

#: Controls, line breaks, and marks that turn the direction of writing or are not seen at all.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_UTF8_FLAG = 0x800
_UTF8_NAME = 0x7075  # the extra field in which Info-ZIP puts the name in UTF-8
#: What programs put in names of entries that do not say that they are UTF-8; a Vietnamese Windows puts the first.
_CODE_PAGES = ("cp1258", "cp437")
_WORD = re.compile(r"[^\W\d_]+")


def shown_name(name: str) -> str:
    r"""Return the name of a file or path as it can be shown: NFC, and what would not be seen is written out.

    Examples
    --------
    >>> shown_name("phiếu\n1\u202efdp.docx")
    'phiếu\\n1\\u202efdp.docx'
    """
    if any("\udc80" <= character <= "\udcff" for character in name):  # bytes that are not in the system's encoding
        name = _guessed(os.fsencode(name))
    return _HIDDEN.sub(_written_out, unicodedata.normalize("NFC", name))


def entry_name(entry: zipfile.ZipInfo) -> str:
    """Return the name of an archive's entry: UTF-8 where it says so, or where it is; else the likelier code page."""
    name = entry.orig_filename
    if entry.flag_bits & _UTF8_FLAG:
        return name
    raw = name.encode("cp437")  # as `zipfile` decoded it
    return _utf8_name(entry.extra, raw) or _guessed(raw)


def _written_out(found: re.Match[str]) -> str:
    code = ord(found[0])
    return {10: "\\n", 13: "\\r", 9: "\\t"}.get(code, f"\\u{code:04x}" if code > 0xFF else f"\\x{code:02x}")


def _utf8_name(extra: bytes, raw: bytes) -> str:
    """Return the name in an entry's extra fields if it was made for this name; else nothing."""
    while len(extra) >= 4:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        body, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UTF8_NAME and body[:1] == b"\x01" and int.from_bytes(body[1:5], "little") == zlib.crc32(raw):
            return body[5:].decode("utf-8", "replace")
    return ""


def _guessed(raw: bytes) -> str:
    """Decode a name of unknown encoding: the reading with most Vietnamese words, the first of equals."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    readings = [unicodedata.normalize("NFC", raw.decode(page, "replace")) for page in _CODE_PAGES]
    return max(readings, key=_vietnamese_share)


def _vietnamese_share(name: str) -> float:
    words = _WORD.findall(name)
    return sum(is_syllable(word) for word in words) / len(words) if words else 0.0
