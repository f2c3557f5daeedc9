"""Bytes of text files."""

import codecs
import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from matcher.errors import ReadError
from matcher.text import decode_bytes, normalize, repair_mojibake

with (Path(__file__).parent / "data" / "text" / "legacy-titles.tsv").open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
TITLES = [row["unicode"] for row in ROWS]
TEXT = "\r\n".join(TITLES)


def in_cp1258(text):
    """Letters with their quality, tones as marks after them: how Windows writes Vietnamese."""
    marks = "\u0300\u0301\u0303\u0309\u0323"
    out = ""
    for letter in text:
        apart = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in apart if mark in marks)
        rest = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in marks))
        out += rest + tones
    return out.encode("cp1258")


def misread(text, encoding):
    """UTF-8 read byte by byte as something else; bytes it lacks become C1 controls."""
    return "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode("utf-8"))


@pytest.mark.parametrize("text", [TEXT, TITLES[0], TITLES[3], "Đề tài"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-16-be bom", "cp1258"]
)
def test_unicode_files(text, encoding):
    if encoding == "utf-16-be bom":
        data = codecs.BOM_UTF16_BE + text.encode("utf-16-be")
    else:
        data = in_cp1258(text) if encoding == "cp1258" else text.encode(encoding)
    found = decode_bytes(data, file="a.txt")
    assert found.text == text
    assert found.legacy is None
    assert found.problems == ()
    assert not found.lossy


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "viqr"])
def test_legacy_files(encoding):
    data = "\n".join(row[encoding] for row in ROWS).encode("latin-1")
    found = decode_bytes(data, file="cu.txt")
    assert found.legacy == encoding
    assert normalize(found.text).lower() == "\n".join(TITLES).lower()
    assert [problem.code for problem in found.problems] == ["legacy_encoding"]
    assert not found.lossy


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_legacy_text_saved_as_utf8(encoding):
    found = decode_bytes(ROWS[1][encoding].encode("utf-8"))
    assert (found.text, found.encoding, found.legacy) == (TITLES[1], "utf-8", encoding)


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
@pytest.mark.parametrize("title", TITLES)
def test_mojibake_is_put_right(title, encoding):
    found = decode_bytes(misread(title, encoding).encode("utf-8"))
    assert found.text == title
    assert [problem.code for problem in found.problems] == ["mojibake_repaired"]


@pytest.mark.parametrize(
    "text",
    [
        "«MÔ HÌNH» “QUỐC CA”, CÔ…, LÃ ƠI, ÂM – Ê",
        "“MÃ” Ã… MÔ’ HÔ” Ä‘",
        "L’été à Genève… «Où»",
        "São Paulo – MANHÃ ENSOLARADA",
        "Tiếng Việt, áº",
    ],
)
def test_clean_text_is_no_mojibake(text):
    assert repair_mojibake(text) == text


@given(st.text())
def test_repairing_mojibake_never_fails(text):
    repair_mojibake(text)


def test_other_western_text_is_a_guess_and_says_so():
    text = "L'université de Genève a été fondée en 1559; là où naît le Rhône, près du château. " * 5
    found = decode_bytes(text.encode("cp1252"), file="fr.txt")
    assert found.text == text
    assert [problem.code for problem in found.problems] == ["encoding_guessed"]


def test_a_file_cut_in_a_letter_is_read_in_part():
    found = decode_bytes((TEXT + "ế").encode("utf-8")[:-1], file="cut.txt")
    assert found.text == TEXT + "\ufffd"
    assert found.lossy
    assert found.problems[0].code == "undecodable_bytes"
    assert "1 " in found.problems[0].message


def test_a_damaged_byte_loses_one_letter_only():
    data = TEXT.encode("utf-8")
    found = decode_bytes(data[:100] + b"\xff" + data[100:])
    assert found.lossy
    assert found.text.replace("\ufffd", "") == TEXT or found.text.count("\ufffd") <= 3


def test_stray_nul_is_removed_and_told():
    found = decode_bytes(TEXT.encode("utf-8").replace(b" ", b" \x00", 2))
    assert found.text == TEXT
    assert [problem.code for problem in found.problems] == ["nul_removed"]


@pytest.mark.parametrize("data", [b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, b"  \r\n\t", b"\x00\x00\x00"])
def test_empty(data):
    with pytest.raises(ReadError, match="empty") as caught:
        decode_bytes(data, file="rong.txt")
    assert caught.value.file == "rong.txt"
    assert caught.value.cure


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
        b"PK\x03\x04\x14\x00\x06\x00",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        bytes(range(256)) * 40,
        b"{\\rtf1\\ansi abc}",
        b"abc" + bytes(3000) + b"def",
        b"\x01\x02\x03\x04\x05\x06",
    ],
)
def test_binary_data(data):
    with pytest.raises(ReadError) as caught:
        decode_bytes(data, file="x.txt")
    assert "x.txt" in str(caught.value)
    assert caught.value.cure


@given(st.binary(max_size=300))
@example(b"\xff\xfe\x00\xd8")
@example(b"\xff\xfea")
@example(b"\xff\xfe\x00\x00\x01")
@example(b"\xc3" * 40)
@example(b"a\x00" * 20 + b"\xd8")
def test_any_bytes_give_text_or_a_read_error(data):
    try:
        found = decode_bytes(data)
    except ReadError as err:
        assert err.cure
    else:
        assert normalize(normalize(found.text)) == normalize(found.text)
        found.text.encode("utf-8")


@given(st.lists(st.sampled_from(TITLES), min_size=1, max_size=4), st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
def test_round_trip(titles, encoding):
    text = "\n".join(titles)
    assert decode_bytes(text.encode(encoding)).text == text
