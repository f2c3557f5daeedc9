"""Documents of other word processors: read through LibreOffice, which may touch nothing and wait for nothing."""

import os
import shutil
import stat
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from office_files import odf, odt_with_macro, rtf
from word_files import paragraph, word_file

from matcher.errors import MissingDependencyError, ReadError
from matcher.reading import DocumentReader, Limits, read_bytes, read_document, read_table
from matcher.reading.conversions import stated_pages
from matcher.reading.files import Content
from matcher.reading.limits import DEFAULT
from matcher.reading.office import Office, find_office
from matcher.records import Status

TEXT = "1. Tên nhiệm vụ: Nuôi ong lấy mật ở miền núi\n2. Mục tiêu: Tăng thu nhập cho đồng bào"


@pytest.fixture(scope="module")
def doc(tmp_path_factory):
    """A Word 97 file, as LibreOffice writes it."""
    folder = tmp_path_factory.mktemp("doc")
    (folder / "a.rtf").write_bytes(rtf(TEXT))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [str(find_office()), profile, "--headless", "--convert-to", "doc:MS Word 97", "--outdir", folder, folder / "a.rtf"],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return folder / "a.doc"


@pytest.mark.office
def test_doc_rtf_and_odt_are_read_in_one_call(tmp_path, doc, monkeypatch):
    shutil.copy(doc, tmp_path / "a.doc")
    (tmp_path / "b.rtf").write_bytes(rtf(TEXT + "\nTệp RTF"))
    lines = "".join(f"<text:p>{line}</text:p>" for line in TEXT.split("\n"))
    meta = '<office:meta><meta:document-statistic meta:page-count="3"/></office:meta>'
    odf(tmp_path / "c.odt", lines, meta=meta)
    (tmp_path / "d.doc").write_bytes(rtf("mang đuôi sai"))
    calls = _counted(monkeypatch, tmp_path)
    read = _read_together(sorted(tmp_path.glob("?.*")))
    assert read[0].text == TEXT
    assert read[1].text == TEXT + "\nTệp RTF"
    assert (read[2].text, read[2].pages) == (TEXT, 3)
    assert [document.status for document in read] == [Status.OK] * 4
    assert [[problem.code for problem in document.problems] for document in read] == [[], [], [], ["suffix_mismatch"]]
    assert calls.read_text(encoding="utf-8").count("call") == 1


def _read_together(files):
    with DocumentReader() as reader:
        for file in files:
            reader.prepare(file)
        return [reader.read(file, read_bytes(file)) for file in files]


def _counted(monkeypatch, folder):
    """Put a script before LibreOffice that notes each call."""
    real, log, bin_ = find_office(), folder / "calls.txt", folder / "bin"
    bin_.mkdir()
    script = bin_ / "soffice"
    script.write_text(f'#!/bin/sh\necho call >> "{log}"\nexec "{real}" "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{bin_}{os.pathsep}{os.environ['PATH']}")
    return log


@pytest.mark.office
def test_one_broken_file_does_not_stop_the_others(tmp_path):
    (tmp_path / "a.rtf").write_bytes(rtf(TEXT))
    odf(tmp_path / "b.odt", "<text:p>không đóng")
    (tmp_path / "c.rtf").write_bytes(rtf("Đoạn cuối"))
    with DocumentReader() as reader:
        for file in sorted(tmp_path.glob("*.*")):
            reader.prepare(file)
        assert reader.read(tmp_path / "a.rtf", read_bytes(tmp_path / "a.rtf")).text == TEXT
        with pytest.raises(ReadError, match="LibreOffice không mở được"):
            reader.read(tmp_path / "b.odt", read_bytes(tmp_path / "b.odt"))
        assert reader.read(tmp_path / "c.rtf", read_bytes(tmp_path / "c.rtf")).text == "Đoạn cuối"


@pytest.mark.office
def test_nothing_is_fetched_no_other_file_is_read_and_no_macro_is_run(tmp_path):
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    there = f"http://127.0.0.1:{server.server_port}"
    (tmp_path / "secret.odt").write_bytes(odf(tmp_path / "s.odt", "<text:p>bí mật</text:p>").read_bytes())
    body = (
        f'<text:p>Thân bài<draw:frame draw:name="a" svg:width="2cm" svg:height="2cm"><draw:image '
        f'xlink:type="simple" xlink:href="{there}/picture.png" xlink:actuate="onLoad"/></draw:frame></text:p>'
        f'<text:section text:name="s"><text:section-source xlink:href="{(tmp_path / "secret.odt").as_uri()}" '
        'xlink:type="simple" xlink:actuate="onLoad"/><text:p>chỗ chèn</text:p></text:section>'
        f'<text:section text:name="t"><text:section-source xlink:href="{there}/section.odt"/><text:p>x</text:p></text:section>'
    )
    odf(tmp_path / "a.odt", body)
    field = f'{{\\field{{\\*\\fldinst INCLUDEPICTURE "{there}/field.png"}}{{\\fldrslt tranh}}}}'
    (tmp_path / "b.rtf").write_bytes(b"{\\rtf1 Than bai " + field.encode() + b"\\par}")
    ran = tmp_path / "ran"
    code = f'Sub Main\nOpen "{ran}" For Output As #1\nPrint #1, "x"\nClose #1\nEnd Sub'
    odt_with_macro(tmp_path / "c.odt", code.replace('"', "&quot;"))
    files = [tmp_path / name for name in ("a.odt", "b.rtf", "c.odt")]
    try:
        first, second, third = _read_together(files)
    finally:
        server.shutdown()
        server.server_close()
    assert "Thân bài" in first.text and "chỗ chèn" in first.text
    assert "Than bai" in second.text
    assert "bí mật" not in first.text
    assert third.text == "Nuôi ong"
    assert asked == []
    assert not ran.exists()


@pytest.mark.office
def test_old_workbooks_are_tables(tmp_path):
    rows = (("Tên nhiệm vụ", "Mục tiêu"), ("Nuôi ong", "Tăng thu nhập"))
    cells = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in row)
        + "</table:table-row>"
        for row in rows
    )
    path = odf(tmp_path / "a.ods", f'<table:table table:name="S">{cells}</table:table>', "spreadsheet")
    (row,) = read_table(path)
    assert dict(row.cells) == {"title": "Nuôi ong", "objective": "Tăng thu nhập"}


def test_what_is_missing_is_named_with_its_package(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("matcher.reading.office._MACOS", ())
    (tmp_path / "a.rtf").write_bytes(rtf(TEXT))
    with pytest.raises(MissingDependencyError, match=r"a\.rtf.*libreoffice-writer-nogui.*lưu lại thành \.docx"):
        read_document(tmp_path / "a.rtf")


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_a_program_that_hangs_is_stopped_with_all_that_it_started(tmp_path):
    note = tmp_path / "pid"
    program = tmp_path / "soffice"
    program.write_text(f'#!/bin/sh\nsleep 60 &\necho $! > "{note}"\nwait\n', encoding="utf-8")
    program.chmod(stat.S_IRWXU)
    begun = time.monotonic()
    (tmp_path / "a.rtf").write_bytes(rtf(TEXT))
    office = Office(program, start_seconds=0.5, file_seconds=0.5)
    assert office.convert([tmp_path / "a.rtf"], tmp_path) == {}
    assert time.monotonic() - begun < 10
    child = Path(f"/proc/{note.read_text(encoding='utf-8').strip()}/stat")
    for _ in range(50):  # the system takes a moment to bury what was killed
        if not child.exists() or ") Z " in child.read_text(encoding="utf-8"):
            break
        time.sleep(0.1)
    else:
        pytest.fail("what the program started still runs")


def test_pages_as_the_writing_program_noted_them(tmp_path):
    summary = bytes.fromhex("feff0000060002000000000000000000000000000000000001000000")
    properties = [(1, 2, 1258), (14, 3, 7)]
    table = b"".join(
        number.to_bytes(4, "little") + (8 + 16 + 8 * index).to_bytes(4, "little")
        for index, (number, _, _) in enumerate(properties)
    )
    values = b"".join(kind.to_bytes(4, "little") + value.to_bytes(4, "little") for _, kind, value in properties)
    section = (8 + len(table) + len(values)).to_bytes(4, "little") + (2).to_bytes(4, "little") + table + values
    stream = summary + bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9") + (48).to_bytes(4, "little") + section
    assert stated_pages(tmp_path / "a.doc", bytes(1024) + stream, Content.DOC, DEFAULT) == 7
    assert stated_pages(tmp_path / "a.doc", bytes(1024) + stream[:60], Content.DOC, DEFAULT) == 0
    assert stated_pages(tmp_path / "a.doc", bytes(1024), Content.DOC, DEFAULT) == 0
    assert stated_pages(tmp_path / "a.rtf", b"{\\rtf1{\\info{\\nofpages5}}x}", Content.RTF, DEFAULT) == 5


def test_a_bomb_in_an_open_document_is_not_handed_on(tmp_path):
    path = odf(tmp_path / "a.odt", "x" * 30_000_000)
    with pytest.raises(ReadError, match="bung ra quá lớn"):
        read_document(path)


def test_word_files_with_macros_are_read_as_text(tmp_path):
    path = word_file(tmp_path / "a.docx", paragraph("Nuôi ong"), raw={"word/vbaProject.bin": "Shell(1)"})
    document = read_document(path.rename(tmp_path / "a.docm"), limits=Limits())
    assert (document.text, [problem.code for problem in document.problems]) == ("Nuôi ong", ["macros"])
