"""Bytes of a text file → text: UTF-8, UTF-16, Windows code pages, legacy fonts, mojibake."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from matcher.errors import ReadError
from matcher.records import Problem
from matcher.text.legacy import Legacy, decode_lines
from matcher.text.syllables import WORD, written

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (.docx, .xlsx)"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1a\x1b\x00"))
#: Bytes looked at for the kind of data, and characters looked at for the language.
_SAMPLE, _ENOUGH = 65_536, 200_000
_SAVE_AS = "Open it in its program and save it as UTF-8 text, .docx or .pdf."


@dataclass(frozen=True, slots=True)
class DecodedText:
    """Text of a file, not yet normalised.

    Attributes
    ----------
    text : str
        What the bytes say, legacy fonts and mojibake turned into Unicode.
    encoding : str
        The Python name of the encoding that the bytes were read in.
    legacy : {"tcvn3", "vni", "viqr"} or None
        The legacy font encoding found in it, if any.
    problems : tuple of Problem
        `undecodable_bytes` and `nul_removed` tell of lost content; `encoding_guessed`, `mojibake_repaired`
        and `legacy_encoding` deserve a look.
    """

    text: str
    encoding: str
    legacy: Legacy | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def lossy(self) -> bool:
        """Whether something of the file was lost."""
        return any(problem.code in ("undecodable_bytes", "nul_removed") for problem in self.problems)


def decode_bytes(data: bytes, *, file: str = "") -> DecodedText:
    """Return the text of a text file whose encoding nobody states.

    Tried in this order: a byte order mark; UTF-16 without one; UTF-8, with a few damaged bytes if need be;
    TCVN3 and VNI; Windows-1258; then whatever charset-normalizer finds. Text without diacritics stays so:
    they cannot be restored.

    Raises
    ------
    ReadError
        If there is nothing in the data, if it is no text, or if no encoding fits.

    Examples
    --------
    >>> decode_bytes("Đề tài".encode("utf-16")).text
    'Đề tài'
    """
    bom, named = next(((bom, name) for bom, name in _BOMS if data.startswith(bom)), (b"", ""))
    body = data[len(bom) :]
    if not body.strip(b"\x00 \t\r\n\x0b\x0c"):
        raise ReadError("the file is empty", file=file or None, cure="Send the file with its text.")
    if not named:
        _refuse_binary(body, file)
    problems: list[Problem] = []
    text, encoding = _decoded(body, named, file, problems)
    mended = repair_mojibake(text)
    if mended != text:
        problems.append(Problem("mojibake_repaired", "text had been read in a wrong encoding and was put right", file))
    final, legacy = decode_lines(mended)
    if legacy:
        problems.append(Problem("legacy_encoding", f"text typed for {legacy.upper()} fonts was converted", file))
    return DecodedText(final, encoding, legacy, tuple(problems))


def _refuse_binary(body: bytes, file: str) -> None:
    for magic, kind in _MAGIC:
        if body.startswith(magic):
            raise ReadError(f"the file is {kind}, not text", file=file or None, cure=f"Name it by its kind. {_SAVE_AS}")
    sample = body[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > max(1, len(sample) // 50) and not _utf16_order(sample):
        raise ReadError("the file is binary data, not text", file=file or None, cure=_SAVE_AS)


def _utf16_order(sample: bytes) -> str:
    """Return the UTF-16 that a sample without a mark seems to be in, or ""."""
    even, odd = sample[0::2], sample[1::2]
    low, high = even.count(0) / max(1, len(even)), odd.count(0) / max(1, len(odd))
    if max(low, high) < 0.1 or min(low, high) > 0.02:
        return ""
    return "utf-16-le" if high > low else "utf-16-be"


def _decoded(body: bytes, named: str, file: str, problems: list[Problem]) -> tuple[str, str]:
    encoding = named or _utf16_order(body[:_SAMPLE]) or "utf-8"
    try:
        return _without_nul(body.decode(encoding), file, problems), encoding
    except UnicodeDecodeError as err:
        if encoding != "utf-8":
            return _damaged(body, encoding, file, problems, err)
    if _mostly_utf8(body):
        return _damaged(body, "utf-8", file, problems, None)
    text, encoding = _single_byte(body, file, problems)
    return _without_nul(text, file, problems), encoding


def _without_nul(text: str, file: str, problems: list[Problem]) -> str:
    count = text.count("\0")
    if not count:
        return text
    if count > max(8, len(text) // 20):
        raise ReadError("the file is binary data, not text", file=file or None, cure=_SAVE_AS)
    problems.append(Problem("nul_removed", f"{count} NUL characters were removed", file))
    return text.replace("\0", "")


def _damaged(
    body: bytes, encoding: str, file: str, problems: list[Problem], err: UnicodeDecodeError | None
) -> tuple[str, str]:
    """Decode with U+FFFD for the bytes that do not fit, and say how many; refuse where they are many."""
    text = body.decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    if lost > max(2, len(text) // 20):
        raise ReadError(f"the file is no valid {encoding} text", file=file or None, cure=_SAVE_AS) from err
    problems.append(
        Problem("undecodable_bytes", f"{lost} characters could not be read ({encoding}) and show as \ufffd", file)
    )
    return _without_nul(text, file, problems), encoding


_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def _mostly_utf8(body: bytes) -> bool:
    """Tell whether bytes are UTF-8 but for a few: cut at the end, or damaged here and there."""
    good, rest = len(_SEQUENCE.findall(body)), _SEQUENCE.sub(b"", body)
    bad = len(rest) - len(rest.translate(None, bytes(range(128, 256))))
    return good > 10 * bad or (good > 0 and bad <= 3 and body.decode("utf-8", "ignore") == _uncut(body))


def _uncut(body: bytes) -> str:
    """Return the text of bytes that are UTF-8 up to a cut within the last character, else ""."""
    try:
        return body[: len(body) - 3].decode("utf-8") + body[len(body) - 3 :].decode("utf-8", "ignore")
    except UnicodeDecodeError:
        return ""


def _latin(body: bytes) -> str:
    """Decode Windows-1252; its five holes become C1 controls."""
    return body.decode("latin-1").translate(_CP1252)


_CP1252 = {
    code: ord(bytes([code]).decode("cp1252"))
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}


def _single_byte(body: bytes, file: str, problems: list[Problem]) -> tuple[str, str]:
    latin = _latin(body)
    if decode_lines(latin[:_ENOUGH])[1]:
        return latin, "cp1252"
    vietnamese = _from_cp1258(body)
    if vietnamese is not None and _score(vietnamese) > max(0, _score(latin)):
        return vietnamese, "cp1258"
    name = "cp1252" if _is_western(latin) else _guess(body)
    if not name:
        raise ReadError("the encoding of the file is unknown", file=file or None, cure=_SAVE_AS)
    try:
        text = body.decode(name)
    except UnicodeDecodeError as err:
        raise ReadError(f"the file is no valid {name} text", file=file or None, cure=_SAVE_AS) from err
    problems.append(Problem("encoding_guessed", f"the encoding is a guess: {name}", file))
    return text, name


_HOLES = re.compile("[\x80-\x9f]")


def _is_western(text: str) -> bool:
    """Tell whether text read as Windows-1252 looks like a language of Western Europe: few letters accented."""
    sample = text[:_ENOUGH]
    letters = [letter for letter in sample if letter.isalpha()]
    accented = sum(not letter.isascii() for letter in letters)
    return len(letters) > 4 * accented and _HOLES.search(sample) is None


def _guess(body: bytes) -> str:
    """Return what charset-normalizer takes the encoding for; "" where it has no idea."""
    from charset_normalizer import from_bytes

    best = from_bytes(body[:_SAMPLE]).best()
    return best.encoding if best is not None else ""


def _from_cp1258(body: bytes) -> str | None:
    try:
        return unicodedata.normalize("NFC", body.decode("cp1258"))
    except UnicodeDecodeError:
        return None


def _score(text: str) -> int:
    """Return how many more words with letters outside ASCII are Vietnamese syllables than are not."""
    known = written()
    words = [word for word in WORD.findall(text[:_ENOUGH]) if not word.isascii()]
    good = sum(word.lower() in known for word in words)
    return good - 2 * (len(words) - good)


#: Characters that bytes 0x80–0xFF become in Windows-1252 or Latin-1, with their bytes.
_BYTE_OF = {chr(code): code for code in range(0x80, 0x100)} | {chr(char): code for code, char in _CP1252.items()}
_TAIL = "".join(re.escape(char) for char, code in _BYTE_OF.items() if code < 0xC0)
_MOJIBAKE = re.compile(f"[\u00c2-\u00df][{_TAIL}]|[\u00e0-\u00ef][{_TAIL}]{{2}}|Ã ")
_CERTAIN = re.compile(f"[\u00e1][º»][{_TAIL}]")


def repair_mojibake(text: str) -> str:
    """Return a text with UTF-8 that was read as Windows-1252 or Latin-1 put right, where certain.

    A line is repaired only if that makes Vietnamese syllables. To be done before `normalize`, which drops the
    control characters that some letters became.

    Examples
    --------
    >>> repair_mojibake("Tiáº¿ng Viá»‡t"), repair_mojibake("“QUỐC CA”, CÔ…")
    ('Tiếng Việt', '“QUỐC CA”, CÔ…')
    """
    if not _MOJIBAKE.search(text):
        return text
    return "".join(_repaired_line(line) for line in re.split("(?<=\n)", text))


def _repaired_line(line: str) -> str:
    found = _MOJIBAKE.findall(line)
    if not found:
        return line
    new = _MOJIBAKE.sub(_repaired, line)
    gain = _good_words(new) - _good_words(_MOJIBAKE.sub("_", line))
    sure = _CERTAIN.search(line) is not None
    return new if gain >= (1 if sure else 2) else line


def _good_words(text: str) -> int:
    known = written()
    return sum(not word.isascii() and word.lower() in known for word in WORD.findall(text))


def _repaired(found: re.Match[str]) -> str:
    if found[0] == "Ã ":
        return "à"
    repair: Callable[[str], int] = _BYTE_OF.__getitem__
    try:
        return bytes(map(repair, found[0])).decode("utf-8")
    except UnicodeDecodeError:
        return found[0]
