"""What any file may turn out to be: each refusal names the file and what to do; offsets always hold."""

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from word_files import paragraph, word_file

from matcher.errors import ReadError
from matcher.reading import DEFAULT, Limits, read_document
from matcher.reading.txt import read_txt
from matcher.records import Status
from matcher.text import normalize

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.txt", b"", "tệp rỗng"),
        ("a.txt", b" \r\n\x00\t", "tệp rỗng"),
        ("a.docx", b"", "tệp rỗng"),
        ("a.txt", "\f\u00a0\u200b".encode(), "không có chữ nào"),
        ("a.docx", "Đây là văn bản".encode(), "không phải docx"),
        ("a.pdf", "Đây là văn bản".encode(), "không phải pdf"),
        ("a.doc", OLE, "đời cũ"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        ("a.doc", OLE[:8] + bytes(504) + b"\xec\xa5" + bytes(9) + b"\x01" + bytes(600), "mật khẩu"),
        ("a.docx", OLE + "Workbook".encode("utf-16-le"), "bảng tính"),
        ("a.docx", OLE, "mật khẩu"),
        ("a.docx", b"PK\x03\x04 and nothing more", "hỏng"),
        ("a.txt", b"GIF89a" + bytes(range(256)) * 4, "nhị phân"),
        ("a.txt", bytes(range(256)) * 40, "nhị phân"),
        ("a.rtf", b"some text", "không phải rtf"),
        ("a.odt", b"some text", "không phải odt"),
        ("a.wps", b"some text", "không biết loại tệp .wps"),
        ("a", b"some text", "không có đuôi"),
        ("a.pdf", b"%PDF-1.7\n", "hỏng"),
    ],
)
def test_what_cannot_be_read_is_refused_with_file_and_cure(tmp_path, name, data, says):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReadError, match=says) as caught:
        read_document(path)
    assert caught.value.file == str(path)
    assert caught.value.cure.endswith(".")
    assert "\n" not in str(caught.value)


def test_no_file_a_folder_a_circle_of_links_and_a_file_as_folder(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "c.txt").write_text("x", encoding="utf-8")
    for path in (tmp_path / "none.txt", tmp_path, tmp_path / "a", tmp_path / "c.txt" / "d.txt", tmp_path / "x\x00y"):
        with pytest.raises(ReadError):
            read_document(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(ReadError, match="không phải tệp thường"):
        read_document(tmp_path / "pipe.txt")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not bind this user")
def test_permission_denied(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("x", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(ReadError, match="không có quyền"):
        read_document(path)


def test_too_large_a_file_is_not_read(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("chữ " * 1000, encoding="utf-8")
    with pytest.raises(ReadError, match="quá giới hạn"):
        read_document(path, limits=Limits(max_bytes=100))


def test_certain_content_wins_over_the_suffix(tmp_path):
    path = word_file(tmp_path / "a.docx", paragraph("Thân bài")).rename(tmp_path / "a.pdf")
    document = read_document(path)
    assert (document.media, document.text, document.status) == ("docx", "Thân bài", Status.OK)
    assert [problem.code for problem in document.problems] == ["suffix_mismatch"]


def test_plain_text_pages_lines_and_breaks(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffDòng một\r\nDòng hai\n\fTrang hai\u2028tiếp\rhết\f\n".encode())
    document = read_document(path)
    assert [(line.page, document.line_text(line)) for line in document.lines] == [
        (1, "Dòng một"),
        (1, "Dòng hai"),
        (2, "Trang hai"),
        (2, "tiếp"),
        (2, "hết"),
    ]
    assert (document.pages, document.file) == (2, path.as_posix())


@pytest.mark.parametrize(
    ("encoding", "form"),
    [("utf-8", "NFD"), ("utf-8-sig", "NFD"), ("utf-16", "NFD"), ("utf-16-le", "NFC"), ("utf-16-be", "NFC")],
)
def test_plain_text_in_other_encodings(tmp_path, encoding, form):
    text = "Nghiên cứu, ứng dụng tiến bộ khoa học và công nghệ\nmiền núi"
    (tmp_path / "a.txt").write_bytes(unicodedata.normalize(form, text).encode(encoding))
    document = read_document(tmp_path / "a.txt")
    assert document.text == text
    assert document.status is Status.OK


def test_nul_characters_make_the_document_partial(tmp_path):
    (tmp_path / "a.txt").write_bytes("Đề tài nghiên\x00 cứu giống lúa mới cho vùng cao của tỉnh".encode())
    document = read_document(tmp_path / "a.txt")
    assert document.text.startswith("Đề tài nghiên cứu")
    assert document.status is Status.PARTIAL
    assert document.problems[0].code == "nul_removed"
    assert "NUL" in document.problems[0].message


@given(st.text(min_size=1, max_size=300).filter(lambda text: text.strip("\x00 \t\r\n\f")))
def test_offsets_slice_back_and_text_is_normal(text):
    try:
        document = read_txt(Path("a.txt"), text.encode("utf-8", "replace"), DEFAULT)
    except ReadError:
        return
    assert normalize(document.text) == document.text
    assert "\n".join(document.line_text(line) for line in document.lines) == document.text
    assert all("\n" not in document.line_text(line) for line in document.lines)
    assert all(1 <= line.page <= document.pages for line in document.lines)
