"""Slow readings are kept: equal when they come back, gone when damaged or old, and for nobody else's eyes."""

import os
import stat
import time

import pytest
from office_files import rtf

from matcher.reading import DocumentCache, DocumentReader, read_bytes
from matcher.reading.cache import cache_key
from matcher.records import Document, Line, LineKind, Problem, Span, Status
from matcher.settings import Settings

KEY = cache_key("0" * 64, "docx")
DOCUMENT = Document(
    file="thư mục/a.doc",
    media="docx",
    text="Nuôi ong¹\nMục tiêu",
    lines=(
        Line(Span(0, 9), page=1, kind=LineKind.TABLE, marker="1.", level=2, heading=True, raised=(Span(8, 9),)),
        Line(Span(10, 18), page=2),
    ),
    pages=2,
    status=Status.PARTIAL,
    problems=(Problem("x", "Thông báo", "thư mục/a.doc"), Problem("y", "Khác", "trang 2")),
)


@pytest.fixture
def cache(tmp_path):
    return DocumentCache(tmp_path / "documents", days=30)


def test_a_document_comes_back_equal_under_the_name_it_now_has(cache):
    cache.put(KEY, DOCUMENT)
    assert cache.get(KEY, DOCUMENT.file) == DOCUMENT
    moved = cache.get(KEY, "b.doc")
    assert moved is not None
    assert (moved.file, [problem.where for problem in moved.problems]) == ("b.doc", ["b.doc", "trang 2"])
    assert cache.get(cache_key("1" * 64, "docx"), "b.doc") is None


def test_the_key_depends_on_content_and_options():
    assert len({cache_key("a"), cache_key("b"), cache_key("a", "x"), cache_key("a", "x", "y")}) == 4
    assert cache_key("a", "x") == cache_key("a", "x")


@pytest.mark.skipif(os.name == "nt", reason="rights are other on Windows")
def test_only_the_owner_can_read_what_is_kept_and_no_name_is_in_it(cache):
    cache.put(KEY, DOCUMENT)
    (file,) = cache.folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(cache.folder.stat().st_mode) == 0o700
    assert "thư mục".encode() not in file.read_bytes()


@pytest.mark.parametrize(
    "damage", [lambda b: b"", lambda b: b[:-9], lambda b: b.replace(b"ong", b"OnG"), lambda b: b"[]"]
)
def test_what_is_damaged_is_not_believed_and_is_written_again(cache, damage):
    cache.put(KEY, DOCUMENT)
    (file,) = cache.folder.iterdir()
    file.write_bytes(damage(file.read_bytes()))
    assert cache.get(KEY, DOCUMENT.file) is None
    cache.put(KEY, DOCUMENT)
    assert cache.get(KEY, DOCUMENT.file) == DOCUMENT


def test_what_is_old_goes_and_then_what_was_used_longest_ago(cache):
    keys = [cache_key(str(number)) for number in range(4)]
    for age, key in enumerate(keys):
        cache.put(key, DOCUMENT)
        then = time.time() - age * 20 * 86_400
        os.utime(cache.folder / f"{key}.json", (then, then))
    cache.purge()
    assert [cache.get(key, "a") is not None for key in keys] == [True, True, False, False]
    size = (cache.folder / f"{keys[0]}.json").stat().st_size
    then = time.time() - 86_400
    os.utime(cache.folder / f"{keys[1]}.json", (then, then))
    DocumentCache(cache.folder, days=30, max_bytes=size + 1).purge()
    assert [cache.get(key, "a") is not None for key in keys[:2]] == [True, False]


def test_a_cache_that_cannot_be_written_costs_nothing(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    cache = DocumentCache(tmp_path / "file" / "documents", days=30)
    cache.put(KEY, DOCUMENT)
    assert cache.get(KEY, "a") is None
    cache.purge()


def test_no_days_keep_nothing(tmp_path):
    assert DocumentCache.from_settings(Settings(cache_dir=str(tmp_path), reading_cache_days=0)) is None
    assert DocumentCache.from_settings(Settings(cache_dir=str(tmp_path))) is not None


@pytest.mark.office
def test_a_second_run_does_not_need_the_program_again(tmp_path, cache, monkeypatch):
    path = tmp_path / "a.rtf"
    path.write_bytes(rtf("Nuôi ong lấy mật"))
    (tmp_path / "b.txt").write_text("Trồng lạc", encoding="utf-8")
    with DocumentReader(cache=cache) as reader:
        first = reader.read(path, read_bytes(path))
        reader.read(tmp_path / "b.txt", read_bytes(tmp_path / "b.txt"))
    assert len(list(cache.folder.iterdir())) == 1, "plain text is read anew each time"
    with monkeypatch.context() as away:
        path = path.rename(tmp_path / "tên khác.rtf")
        away.setattr("matcher.reading.office.find_office", lambda: None)
        with DocumentReader(cache=cache) as reader:
            second = reader.read(path, read_bytes(path))
    assert (second.text, second.lines, second.pages) == (first.text, first.lines, first.pages)
    assert second.file.endswith("tên khác.rtf")
