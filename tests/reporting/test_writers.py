"""What every output promises, whatever its format; and files that cannot be written."""

import errno
import json
import os
import sys
from pathlib import Path

import pytest

from matcher.errors import ErrorGroup, OutputError
from matcher.reporting import Suffix, check_outputs, manifest_path, write_reports, writers
from matcher.reporting.atomic import replacing

from . import samples

ALL = [*Suffix]


@pytest.mark.parametrize("suffix", ALL)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_equal_runs_give_equal_bytes(tmp_path, suffix, language):
    first, second = tmp_path / f"a{suffix}", tmp_path / "sub" / f"a{suffix}"
    for output in (first, second):
        assert write_reports(samples.report(language=language), [output]) == (output,)
    assert first.read_bytes() == second.read_bytes()
    assert manifest_path(first).read_bytes() == manifest_path(second).read_bytes()
    assert sorted(each.name for each in second.parent.iterdir()) == [f"a{suffix}", f"a{suffix}.manifest.json"]


@pytest.mark.parametrize("suffix", ALL)
def test_an_empty_run_is_written(tmp_path, suffix):
    output = tmp_path / f"a{suffix}"
    write_reports(samples.report([]), [output])
    assert output.exists()


@pytest.mark.parametrize("suffix", ALL)
def test_hostile_text_is_written(tmp_path, suffix):
    """Lone surrogates, control characters, markup of every format, a megabyte in one cell."""
    for number, text in enumerate(
        ["\ud800\x00\x0b\x1b[2J￿", "{{ 7*7 }}{% raw %}", "]]>&lt;&#0;", "\u202egnp.exe", "ă" * 1_000_000]
    ):
        given = [*samples.assessments()]
        hostile = samples.proposal(
            text[:40] or "x", text, 9, problems=[samples.Problem(text[:99], text[:99], text[:99])]
        )
        given.append(samples.Assessment(hostile, samples.Flag(samples.State.ALIGNED, 0.1), given[0].matches))
        output = tmp_path / f"{number}{suffix}"
        write_reports(samples.report(given), [output])
        assert output.stat().st_size > 500


def test_unknown_suffixes_are_told_before_work_begins(tmp_path):
    with pytest.raises(OutputError, match=r"unknown suffix '\.pdf'.*\.jsonl, \.csv, \.xlsx, \.docx, \.html"):
        check_outputs([tmp_path / "a.pdf"])
    with pytest.raises(OutputError, match="no suffix"):
        check_outputs([tmp_path / "a"])
    check_outputs([tmp_path / "A.XLSX"])
    assert list(tmp_path.iterdir()) == []


def test_all_wrong_outputs_are_told_at_once(tmp_path):
    (tmp_path / "in.csv").write_text("tên nhiệm vụ\n", encoding="utf-8")
    good, taken = tmp_path / "a.csv", tmp_path / "in.csv"
    with pytest.raises(ErrorGroup) as caught:
        check_outputs([good, good, taken, tmp_path / "x.doc"], inputs=[taken])
    assert [error.message for error in caught.value.errors] == [
        "is given twice and would be written over",
        "is an input of this run and would be written over",
        "unknown suffix '.doc'",
    ]


def test_a_folder_or_a_file_in_the_way(tmp_path):
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(OutputError, match="it is a folder"):
        check_outputs([tmp_path / "a.csv"])
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match=r"cannot be written: .*file, not a folder"):
        check_outputs([tmp_path / "file" / "a.csv"])
    with pytest.raises(OutputError, match="cannot be written"):
        write_reports(samples.report(), [tmp_path / "file" / "a.csv"])


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_a_place_that_cannot_be_written():
    """/proc takes no files, not even from an administrator."""
    for act in (check_outputs, lambda outputs: write_reports(samples.report(), outputs)):
        with pytest.raises(OutputError, match=r"/proc/nowhere/a\.xlsx: cannot be written"):
            act([Path("/proc/nowhere/a.xlsx")])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("suffix", ALL)
def test_a_full_disk_leaves_what_was_there(tmp_path, suffix, monkeypatch):
    output = tmp_path / f"a{suffix}"
    output.write_bytes(b"the report of last week")
    real = Path.open

    def full(path, mode="r", *args, **kwargs):
        """Open a device that is full in place of the file to be written."""
        return real(Path("/dev/full"), "wb", buffering=0) if mode == "xb" else real(path, mode, *args, **kwargs)

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(OutputError, match="disk is full") as caught:
        write_reports(samples.report(), [output])
    assert caught.value.file == str(output)
    monkeypatch.undo()
    assert output.read_bytes() == b"the report of last week"
    assert list(tmp_path.iterdir()) == [output]


def test_a_file_open_in_excel_says_close_it(tmp_path, monkeypatch):
    """On Windows, replacing a file that another program holds open is refused so."""

    def refused(self, target):
        raise PermissionError(errno.EACCES, "Permission denied", str(target))

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(OutputError, match=r"Close it in Excel.*hãy đóng tệp"):
        write_reports(samples.report(), [tmp_path / "a.xlsx"])
    assert list(tmp_path.iterdir()) == []


def test_one_output_that_fails_does_not_stop_the_rest(tmp_path):
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(OutputError, match=r"a\.csv"):
        write_reports(samples.report(), [tmp_path / "a.csv", tmp_path / "b.jsonl"])
    assert (tmp_path / "b.jsonl").exists()


def test_an_interruption_leaves_nothing(tmp_path):
    with pytest.raises(KeyboardInterrupt), replacing(tmp_path / "new" / "a.html") as stream:
        stream.write(b"half")
        raise KeyboardInterrupt
    assert list((tmp_path / "new").iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_is_written_through_and_a_loop_is_an_error(tmp_path):
    (tmp_path / "real.csv").write_text("", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    write_reports(samples.report(), [tmp_path / "link.csv"])
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").stat().st_size > 100
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    with pytest.raises(OutputError, match="cannot be written"):
        check_outputs([tmp_path / "loop.csv"])


def test_a_new_file_has_the_rights_of_any_new_file(tmp_path):
    write_reports(samples.report(), [tmp_path / "a.csv"])
    (tmp_path / "plain").write_text("", encoding="utf-8")
    assert (tmp_path / "a.csv").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_every_suffix_has_a_writer():
    assert set(writers.WRITERS) == set(Suffix)


def test_jsonl_keeps_the_order_and_the_top(tmp_path):
    write_reports(samples.report(settings=samples.Settings(top=2)), [tmp_path / "a.jsonl"])
    lines = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["proposal"]["id"] for line in lines] == ["P1", "P2", "P3", "P4", "P5", "P6"]
    assert [len(line["matches"]) for line in lines] == [2, 2, 2, 2, 0, 2]
