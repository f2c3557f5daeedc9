"""Archives from strangers: every member alone, nothing outside the folder, no bomb, names as they were meant."""

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.errors import ReadError
from matcher.reading import Limits, count_members, shown_name, unpack
from matcher.reading.files import directory_size
from matcher.reading.limits import DEFAULT

LINK = 0o120777 << 16


def zip_bytes(*members, method=zipfile.ZIP_DEFLATED):
    """Return an archive of (name or ZipInfo, content)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def unpacked(tmp_path, data, limits=DEFAULT):
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    room = tmp_path / "room"
    room.mkdir()
    found = []
    for member in unpack(path, "in/a.zip", room, lambda name: name.lower().endswith((".txt", ".docx")), limits):
        assert member.path is None or member.path.parent == room
        content = member.path.read_bytes() if member.path else None
        found.append((member.shown.removeprefix("in/a.zip"), content, member.error.message if member.error else ""))
    return found


def test_members_come_under_the_archives_name_without_what_systems_put_there(tmp_path):
    data = zip_bytes(
        ("thư mục/", b""),
        ("thư mục/phiếu (1) final.docx", b"1"),
        ("b.TXT", b"2"),
        ("__MACOSX/thư mục/._phiếu.docx", b"x"),
        ("~$b.docx", b"x"),
        (".ẩn.txt", b"x"),
        ("ảnh.exe", b"x"),
    )
    assert unpacked(tmp_path, data) == [("/thư mục/phiếu (1) final.docx", b"1", ""), ("/b.TXT", b"2", "")]
    assert count_members(tmp_path / "a.zip", lambda name: name.endswith(".docx"), DEFAULT) == 1


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("phiếu đề xuất.txt", "phiếu đề xuất.txt".encode()),
        ("đề tài giống lúa.txt", "đê\u0300 ta\u0300i giô\u0301ng lu\u0301a.txt".encode("cp1258")),
        ("Müller é.txt", "Müller é.txt".encode("cp437")),
    ],
)
def test_names_of_programs_that_do_not_say_their_encoding(tmp_path, name, raw):
    stand_in = "x" * len(raw)
    data = zip_bytes((stand_in, b"1")).replace(stand_in.encode(), raw)
    assert unpacked(tmp_path, data) == [(f"/{name}", b"1", "")]


def test_name_in_the_extra_field_of_info_zip_wins_if_it_was_made_for_this_name(tmp_path):
    for number, (made_for, expected) in enumerate(((b"phieu.txt", "/phiếu.txt"), (b"other.txt", "/phieu.txt"))):
        body = b"\x01" + struct.pack("<I", zlib.crc32(made_for)) + "phiếu.txt".encode()
        info = zipfile.ZipInfo("phieu.txt")
        info.extra = struct.pack("<HH", 0x7075, len(body)) + body
        folder = tmp_path / str(number)
        folder.mkdir()
        assert unpacked(folder, zip_bytes((info, b"1"))) == [(expected, b"1", "")]


def test_a_name_that_is_nothing_but_nul_is_passed_over(tmp_path):
    data = zip_bytes(("xxxxx", b"1"), ("a.txt", b"2")).replace(b"xxxxx", b"\0.txt")
    assert unpacked(tmp_path, data) == [("/a.txt", b"2", "")]


def test_names_that_lead_elsewhere_write_nothing_there(tmp_path):
    names = ("../../evil.txt", "/etc/evil.txt", "C:\\Windows\\evil.txt", "a/../../b/evil.txt", "..\\evil.txt")
    found = unpacked(tmp_path, zip_bytes(*((name, b"x") for name in names)))
    assert [shown for shown, _, _ in found] == [
        "/evil.txt", "/etc/evil.txt", "/Windows/evil.txt", "/a/b/evil.txt", "/evil.txt",
    ]  # fmt: skip
    assert {path.name for path in tmp_path.iterdir()} == {"a.zip", "room"}
    assert not [path for path in tmp_path.parent.iterdir() if "evil" in path.name]


def test_links_passwords_and_broken_members_fail_alone(tmp_path):
    link, locked = zipfile.ZipInfo("link.txt"), zipfile.ZipInfo("locked.txt")
    link.external_attr = LINK
    data = zip_bytes(
        (link, b"/etc/passwd"), (locked, b"secret"), ("broken.txt", b"broken" * 20), ("ok.txt", b"ok"), method=0
    )
    data = data.replace(b"broken" * 20, b"BROKEN" * 20)
    at = data.rfind(b"locked.txt") - 46 + 8  # the flags of the entry in the list at the end
    data = data[:at] + b"\x01" + data[at + 1 :]
    assert [(shown, content, bool(error)) for shown, content, error in unpacked(tmp_path, data)] == [
        ("/link.txt", None, True),
        ("/locked.txt", None, True),
        ("/broken.txt", None, True),
        ("/ok.txt", b"ok", False),
    ]


def test_two_members_of_one_name_are_two(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zip_bytes(("a.txt", b"1"), ("a.txt", b"2"))
    assert [content for _, content, _ in unpacked(tmp_path, data)] == [b"1", b"2"]


def test_a_bomb_is_refused_before_it_goes_off_and_the_others_are_read(tmp_path):
    data = zip_bytes(("bomb.txt", bytes(40_000_000)), ("ok.txt", b"ok"))
    assert len(data) < 100_000
    (_, bomb, why), ok = unpacked(tmp_path, data)
    assert bomb is None
    assert "bung ra quá lớn" in why
    assert ok == ("/ok.txt", b"ok", "")


def test_sizes_add_up_over_the_members_and_the_archives_within(tmp_path):
    limits = Limits(max_unzipped_bytes=2_500)
    inner = zip_bytes(("b.txt", bytes(1_000)), ("c.txt", bytes(1_000)))
    found = unpacked(tmp_path, zip_bytes(("a.txt", bytes(1_000)), ("inner.zip", inner), method=0), limits)
    assert [(shown, bool(error)) for shown, _, error in found] == [
        ("/a.txt", False),
        ("/inner.zip/b.txt", False),
        ("/inner.zip/c.txt", True),
    ]


def test_a_size_that_lies_gives_no_more_than_it_says(tmp_path):
    data = bytearray(zip_bytes(("a.txt", b"x" * 5_000_000)))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.find(signature) + offset
        data[at : at + 4] = struct.pack("<I", 10)
    ((_, content, error),) = unpacked(tmp_path, bytes(data))
    assert content is None
    assert "hỏng" in error


def test_archives_within_archives_to_a_depth(tmp_path):
    data = zip_bytes(("đáy.txt", b"1"))
    for level in range(4):
        data = zip_bytes((f"{level}.zip", data), (f"{level}.txt", b"x"))
    found = unpacked(tmp_path, data)
    assert [(shown, error) for shown, _, error in found] == [
        ("/3.zip/2.zip/1.zip", "tệp nén lồng nhau quá 3 lớp"),
        ("/3.zip/2.zip/1.txt", ""),
        ("/3.zip/2.txt", ""),
        ("/3.txt", ""),
    ]
    assert list((tmp_path / "room").glob("*.zip")) == []


def test_ten_thousand_members_are_refused_in_a_word(tmp_path):
    data = zip_bytes(*((f"{number}.txt", b"x") for number in range(10_000)), method=0)
    ((shown, content, error),) = unpacked(tmp_path, data)
    assert (shown, content) == ("", None)
    assert "5000" in error


def test_a_list_of_millions_of_entries_is_not_even_made(tmp_path):
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, 300_000_000, 0, 0)
    assert directory_size(b"PK\x03\x04" + end, tmp_path) == 300_000_000
    wide = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 9, 9, 400_000_000, 0)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    assert directory_size(wide + bytes(20) + end, tmp_path) == 400_000_000
    ((_, _, error),) = unpacked(tmp_path, b"PK\x03\x04" + wide + bytes(20) + end)
    assert "quá lớn" in error


@pytest.mark.parametrize("cut", [4, 100, -1, -22, -60])
def test_a_truncated_archive_says_so(tmp_path, cut):
    whole = zip_bytes(("a.txt", b"noi dung " * 40), ("b.txt", b"x" * 300), method=0)
    ((shown, content, error),) = unpacked(tmp_path, whole[:cut])
    assert (shown, content) == ("", None)
    assert "hỏng hoặc bị cắt cụt" in error


def test_an_archive_without_documents_says_so(tmp_path):
    ((_, _, error),) = unpacked(tmp_path, zip_bytes(("a.exe", b"x")))
    assert "không có phiếu" in error


@given(st.binary(max_size=400), st.integers(0, 300), st.binary(min_size=1, max_size=8))
def test_no_bytes_do_more_than_fail(noise, at, patch):
    import tempfile
    from pathlib import Path

    whole = zip_bytes(("a.txt", noise), ("b.zip", zip_bytes(("c.txt", b"1"))))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.zip"
        path.write_bytes(whole[:at] + patch + whole[at + len(patch) :])
        for member in unpack(path, "a.zip", Path(folder), lambda name: True, DEFAULT):
            assert (member.path is None) == (member.error is not None)
            assert isinstance(member.error, ReadError | None)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("phie\u0302\u0301u.docx", "phiếu.docx"),
        ("a\nb\t.txt", "a\\nb\\t.txt"),
        ("a\u202etxt.docx", "a\\u202etxt.docx"),
        ('«a» "b" (1) final.docx', '«a» "b" (1) final.docx'),
        ("phi\udcc3\udca9u.txt", "phiéu.txt"),
        ("\udcff\udcfe.txt", "ÿ₫.txt"),
    ],
)
def test_names_are_shown_as_they_are_with_nothing_hidden(name, shown):
    assert shown_name(name) == shown
    shown_name(name).encode()
