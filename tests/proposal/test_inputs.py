"""Folders as they are sent: mixed kinds, odd names, archives, the same file twice."""

import io
import os
import tempfile
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.proposal import count_inputs, read_proposals
from matcher.records import Status
from matcher.settings import Settings

FORM = "Đề tài: {}\n"
RTF = b"{\\rtf1 Ten nhiem vu: Nuoi ong\\par}"


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("MATCHER_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))


def read(*paths):
    return list(read_proposals([Path(path) for path in paths], settings=Settings.load()))


def word(title):
    made = docx.Document()
    made.add_paragraph(FORM.format(title))
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def archive(path, *members):
    with zipfile.ZipFile(path, "w") as made:
        for name, content in members:
            made.writestr(name, content)
    return path


def codes(proposal):
    return [problem.code for problem in proposal.problems]


def test_an_archive_among_files_gives_its_members_in_its_place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("in/a.txt").write_text(FORM.format("Nuôi ong"), encoding="utf-8")
    Path("in/c.txt").write_text(FORM.format("Nuôi tằm"), encoding="utf-8")
    inner = archive(tmp_path / "x.zip", ("sâu.txt", FORM.format("Trồng lạc"))).read_bytes()
    archive(
        Path("in/b.zip"),
        ("thư mục/phiếu.docx", word("Trồng hồi")),
        ("bảng.csv", "title\nNuôi cá\nNuôi dê\n"),
        ("hỏng.docx", b"PK\x03\x04"),
        ("trong.zip", inner),
    )
    before = set(Path(tempfile.gettempdir()).iterdir())
    found = read("in")
    assert [(each.source.file, each.source.row, each.title) for each in found] == [
        ("in/a.txt", None, "Nuôi ong"),
        ("in/b.zip/thư mục/phiếu.docx", None, "Trồng hồi"),
        ("in/b.zip/bảng.csv", 2, "Nuôi cá"),
        ("in/b.zip/bảng.csv", 3, "Nuôi dê"),
        ("in/b.zip/hỏng.docx", None, ""),
        ("in/b.zip/trong.zip/sâu.txt", None, "Trồng lạc"),
        ("in/c.txt", None, "Nuôi tằm"),
    ]
    assert [each.id for each in found if each.source.row is None] == ["a", "phiếu", "hỏng", "sâu", "c"]
    assert [each.status for each in found].count(Status.FAILED) == 1
    assert found[4].problems[0].where == "in/b.zip/hỏng.docx"
    left = set(Path(tempfile.gettempdir()).iterdir()) - before
    assert not [path for path in left if path.name.startswith("matcher-")]
    assert count_inputs([Path("in")]) == 6


def test_nothing_is_left_where_reading_is_broken_off(tmp_path, monkeypatch):
    room = tmp_path / "tmp"
    room.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(room))
    path = archive(tmp_path / "a.zip", ("1.txt", FORM.format("x y z")), ("2.txt", FORM.format("t u v")))
    proposals = read_proposals([path], settings=Settings.load())
    next(proposals)
    assert list(room.iterdir())
    proposals.close()
    assert not list(room.iterdir())


def test_archives_that_cannot_be_read_are_failures_among_the_others(tmp_path):
    (tmp_path / "1.zip").write_bytes(b"PK\x03\x04 cut")
    (tmp_path / "2.zip").write_bytes(b"")
    archive(tmp_path / "3.zip", ("readme.exe", b"x"))
    archive(tmp_path / "4.zip", *((f"{number}.txt", b"x") for number in range(10_000)))
    archive(tmp_path / "5.zip", ("a.txt", bytes(40_000_000)))
    with zipfile.ZipFile(tmp_path / "5.zip", "a", zipfile.ZIP_DEFLATED) as made:
        made.writestr("bom.txt", bytes(60_000_000))
    (tmp_path / "6.zip").write_bytes(word("Trồng hồi"))
    (tmp_path / "7.txt").write_text(FORM.format("Nuôi ong"), encoding="utf-8")
    found = read(tmp_path)
    assert [(each.source.file.removeprefix(f"{tmp_path.as_posix()}/"), each.status.value) for each in found] == [
        ("1.zip", "failed"),
        ("2.zip", "failed"),
        ("3.zip", "failed"),
        ("4.zip", "failed"),
        ("5.zip/a.txt", "failed"),
        ("5.zip/bom.txt", "failed"),
        ("6.zip", "ok"),
        ("7.txt", "ok"),
    ]
    assert "Bung ra quá lớn" in found[5].problems[0].message
    assert codes(found[6]) == ["suffix_mismatch"]


def test_the_same_file_twice_is_two_proposals_and_says_so(tmp_path):
    content = word("Trồng hồi")
    (tmp_path / "phieu de xuat (1) final.docx").write_bytes(content)
    (tmp_path / "phieu de xuat (2) final.docx").write_bytes(content)
    archive(tmp_path / "z.zip", ("phieu de xuat (1) final.docx", content))
    found = read(tmp_path)
    assert [each.title for each in found] == ["Trồng hồi"] * 3
    assert [codes(each) for each in found] == [[], ["same_file"], ["same_file", "duplicate_id"]]
    assert f"{tmp_path.as_posix()}/phieu de xuat (1) final.docx" in found[1].problems[0].message
    assert [each.status for each in found] == [Status.OK] * 3
    assert len({each.id for each in found}) == 3


def test_two_files_with_one_title_keep_their_own_ids(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(FORM.format("Nuôi ong") + f"Mục tiêu: {name}\n", encoding="utf-8")
    assert [(each.id, each.title, codes(each)) for each in read(tmp_path)] == [
        ("a", "Nuôi ong", []),
        ("b", "Nuôi ong", []),
    ]


@pytest.mark.skipif(os.name == "nt", reason="Windows allows none of these names")
def test_names_no_reviewer_would_choose(tmp_path):
    names = [
        "phieu de xuat (1) final.docx",
        "phiếu \"đề xuất\" 'cuối'.txt",
        "dòng\nhai.txt",
        "\u202egnad\u202c ky\u0323 (2).txt",
        "a" * 251 + ".txt",
        os.fsdecode("đê\u0300 xuâ\u0301t.txt".encode("cp1258")),
        "-rf.txt",
        "$(touch x);`id`.txt",
        "100%s%n.txt",
    ]
    for number, name in enumerate(names):
        content = word(f"Nuôi ong {number}") if name.endswith(".docx") else FORM.format(f"Nuôi ong {number}").encode()
        (tmp_path / name).write_bytes(content)
    found = read(tmp_path)
    assert {each.title for each in found} == {f"Nuôi ong {number}" for number in range(len(names))}
    assert all(each.status is Status.OK for each in found)
    shown = {each.source.file.rsplit("/", 1)[-1] for each in found}
    assert {"dòng\\nhai.txt", "\\u202egnad\\u202c kỵ (2).txt", "đề xuất.txt"} <= shown
    for each in found:
        assert not set("\n\u202e") & set(each.id + each.source.file)
    assert len({each.id for each in found}) == len(names)


def test_kinds_that_cannot_be_read_are_reported_and_others_known_by_content(tmp_path):
    for name in ("a.rar", "b.pages", "c.html", "d.exe", "e.md", "desktop.ini"):
        (tmp_path / name).write_bytes(b"\x00\x01binary")
    (tmp_path / "phieu v1.2 final").write_bytes(word("Trồng hồi"))
    (tmp_path / "không đuôi").write_bytes(word("Trồng quế"))
    found = read(tmp_path)
    assert [(each.id, each.status.value) for each in found] == [
        ("a", "failed"), ("b", "failed"), ("c", "failed"), ("không đuôi", "ok"), ("phieu v1.2 final", "ok"),
    ]  # fmt: skip


@pytest.mark.office
def test_a_second_run_converts_only_what_has_changed(tmp_path, monkeypatch):
    for number in range(3):
        (tmp_path / f"{number}.rtf").write_bytes(RTF.replace(b"ong", b"ong %d" % number))
    cache = Path(Settings.load().cache_dir) / "documents"
    assert [each.title for each in read(tmp_path)] == ["Nuoi ong 0", "Nuoi ong 1", "Nuoi ong 2"]
    made = {path.name for path in cache.iterdir()}
    assert len(made) == 3
    (tmp_path / "1.rtf").write_bytes(RTF.replace(b"ong", b"tam"))
    assert [each.title for each in read(tmp_path)] == ["Nuoi ong 0", "Nuoi tam", "Nuoi ong 2"]
    assert len({path.name for path in cache.iterdir()} - made) == 1


def test_a_program_that_is_missing_is_named_and_the_others_are_read(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    (tmp_path / "a.rtf").write_bytes(RTF)
    (tmp_path / "b.txt").write_text(FORM.format("Nuôi ong"), encoding="utf-8")
    first, second = read(tmp_path)
    assert (first.status, codes(first)) == (Status.FAILED, ["program_missing"])
    assert "libreoffice-writer-nogui" in first.problems[0].message
    assert second.status is Status.OK


@settings(max_examples=30, deadline=None)  # the first picture among them loads what reads pictures
@given(st.lists(st.tuples(st.text(max_size=30), st.binary(max_size=60)), min_size=1, max_size=4))
def test_whatever_is_in_an_archive_comes_out_as_proposals(members):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.zip"
        with zipfile.ZipFile(path, "w") as made:
            for number, (name, content) in enumerate(members):
                name = name.replace("\0", "").encode("utf-8", "replace").decode()
                made.writestr(f"{name}{number}.txt", content)
        found = read(path)
        assert found
        assert all(each.source.file.startswith(path.as_posix()) for each in found)
