"""Tables of past tasks into the register: columns, ids, changes, broken rows, interruptions, two at once."""

import json
import os
import sqlite3
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from matcher.errors import InputError, MatcherError, OutputError
from matcher.records import Proposal, Source, Status
from matcher.register import RegisterDatabase, add_proposals, import_file
from matcher.settings import Settings

ROOT = Path(__file__).parents[2]
Table = Callable[..., Path]

NATIONAL = """\
STT,Chủ nhiệm nhiệm vụ,Số đăng ký kết quả,Cơ quan chủ quản,Tên nhiệm vụ KH&CN,Thời gian bắt đầu,Thời gian kết thúc,\
Cấp quản lý,Mã số nhiệm vụ,Tổ chức chủ trì,Thành viên tham gia,Mục tiêu nghiên cứu,Tóm tắt nội dung,Lĩnh vực nghiên cứu
1,Tên Người Một,2021-53-0123/KQNC,Bộ NN,Tuyển chọn giống lúa chịu hạn,03/2019,02/2021,Tỉnh,ĐT-01,"Viện A; TS. Tên Người",\
Tên Người Hai,Chọn được hai giống,Khảo nghiệm tại ba huyện,Trồng trọt
"""


def titles(database: RegisterDatabase, name: str = "danh-muc") -> list[str]:
    return [task.title for task in database.load(name).tasks]


def many(rows: int, mark: str = "") -> str:
    lines = [f"N{i},Nghiên cứu kỹ thuật trồng cây dược liệu số {i} tại xã {i % 97}{mark}" for i in range(rows)]
    return "mã số,tên nhiệm vụ\n" + "\n".join(lines) + "\n"


# --------------------------------------------------------------------------------------------- columns


def test_columns_of_the_national_register_in_any_order_without_names_of_persons(
    database: RegisterDatabase, table: Table
) -> None:
    report = import_file(database, table(NATIONAL), name="Quốc gia")
    (task,) = database.load("quốc gia").tasks
    assert (task.id, task.title) == ("ĐT-01", "Tuyển chọn giống lúa chịu hạn")
    assert task.sections["objective"] == "Chọn được hai giống"
    assert task.sections["content"] == "Khảo nghiệm tại ba huyện"
    assert task.sections["organisation"] == "Viện A"
    assert task.sections["year"] == "2019"
    assert task.extra["Danh mục"] == "Quốc gia"
    assert task.extra["Cơ quan quản lý"] == "Bộ NN"
    assert task.extra["Cấp"] == "Tỉnh"
    assert task.extra["Lĩnh vực"] == "Trồng trọt"
    assert (task.extra["Bắt đầu"], task.extra["Kết thúc"]) == ("2019-03", "2021-02")
    assert task.extra["Số đăng ký"] == "2021-53-0123/KQNC"
    assert report.not_kept == ("Chủ nhiệm nhiệm vụ", "Thành viên tham gia")
    for file in database.path.parent.iterdir():
        assert "Tên Người".encode() not in file.read_bytes(), "no name of a person reaches the disk"


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("Trường Đại học Nông Lâm - PGS.TS. Tên Người", "Trường Đại học Nông Lâm"),
        ("Viện A (Chủ nhiệm: ThS. Tên Người)", "Viện A"),
        ("BS. Tên Người, Bệnh viện tỉnh", "Bệnh viện tỉnh"),
        ("Sở KHCN. Viện B", "Sở KHCN. Viện B"),
        ("Trung tâm TS. giống", "Trung tâm TS. giống"),
    ],
)
def test_persons_named_beside_an_organisation_are_left_out(
    database: RegisterDatabase, table: Table, cell: str, kept: str
) -> None:
    import_file(database, table(f'title,Đơn vị chủ trì,Chủ trì\nMột,"{cell}","{cell}"\n'))
    (task,) = database.load("danh-muc").tasks
    assert (task.sections["organisation"], task.extra["Chủ trì"]) == (kept, kept)


def test_english_headings_and_a_workbook(database: RegisterDatabase, tmp_path: Path) -> None:
    import datetime as dt

    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["DANH MỤC NHIỆM VỤ", None, None])
    sheet.append(["Year", "Task title", "start date"])
    sheet.append([2019.0, "Bảo tồn gà sáu ngón", None])
    sheet.append([None, "Nhân giống hồi", dt.datetime(2021, 3, 15)])
    book.save(tmp_path / "so.xlsx")
    import_file(database, tmp_path / "so.xlsx")
    years = {task.title: task.sections.get("year") for task in database.load("so").tasks}
    assert years == {"Bảo tồn gà sáu ngón": "2019", "Nhân giống hồi": "2021"}


def test_years_in_odd_forms_and_a_year_for_those_without(database: RegisterDatabase, table: Table) -> None:
    text = "tên nhiệm vụ,năm\nMột,2018-2020\nHai,Năm 2021\nBa,không rõ\nBốn,năm Tý\n"
    report = import_file(database, table(text))
    assert {task.title: task.sections.get("year") for task in database.load("danh-muc").tasks} == {
        "Một": "2018", "Hai": "2021", "Ba": None, "Bốn": None,
    }  # fmt: skip
    (problem,) = report.problems
    assert problem.where == "dòng 5"
    assert "năm Tý" in problem.message
    assert report.failed == 0
    again = import_file(database, table(text), year=2017, status="đã nghiệm thu")
    assert (again.updated, again.added) == (4, 0)
    tasks = {task.title: task for task in database.load("danh-muc").tasks}
    assert tasks["Một"].sections["year"] == "2018", "what the table says stands"
    assert tasks["Ba"].sections["year"] == "2017"
    assert tasks["Bốn"].extra["năm (như trong bảng)"] == "năm Tý"
    assert {task.sections["status"] for task in tasks.values()} == {"đã nghiệm thu"}


def test_another_years_columns_add_to_what_is_known(database: RegisterDatabase, table: Table) -> None:
    import_file(database, table("mã số,tên nhiệm vụ,mục tiêu\nA,Trồng hồi,Tăng năng suất\n", "2023.csv"), name="Sở")
    report = import_file(
        database, table("Xếp loại,TÊN ĐỀ TÀI,Mã\nKhá,Trồng hồi,A\nĐạt,Trồng quế,B\n", "2024.csv"), name="Sở"
    )
    assert (report.added, report.updated) == (1, 1)
    first, second = database.load("Sở").tasks
    assert (first.sections["objective"], first.extra["Xếp loại"]) == ("Tăng năng suất", "Khá")
    assert second.extra["Xếp loại"] == "Đạt"
    (summary,) = database.registers()
    assert [note.columns for note in summary.imports] == [("id", "title", "objective"), ("id", "title", "Xếp loại")]


# --------------------------------------------------------------------------------------------- again and changed


def test_a_second_import_adds_nothing(database: RegisterDatabase, table: Table) -> None:
    path = table(many(1300))
    first = import_file(database, path)
    assert (first.added, first.complete, first.resumed) == (1300, True, False)
    before = database.load("danh-muc")
    second = import_file(database, path)
    assert second.nothing_new
    assert (second.unchanged, second.resumed) == (1300, False)
    assert database.load("danh-muc") == before


def test_a_changed_row_updates(database: RegisterDatabase, table: Table) -> None:
    import_file(database, table("id,title,status\nA,Trồng hồi,đang thực hiện\nB,Trồng quế,đang thực hiện\n"))
    report = import_file(database, table("id,title,status\nA,Trồng hồi,đã nghiệm thu\nB,Trồng quế,đang thực hiện\n"))
    assert (report.added, report.updated, report.unchanged) == (0, 1, 1)
    assert [task.sections["status"] for task in database.load("danh-muc").tasks] == ["đã nghiệm thu", "đang thực hiện"]


def test_rows_without_id_are_known_by_their_title_however_written(database: RegisterDatabase, table: Table) -> None:
    title = "Bảo tồn, phát triển gà sáu ngón tại Lạng Sơn"
    import_file(database, table(f'title,status\n"{title}",mới\n'))
    spelled = [title.upper(), unicodedata.normalize("NFD", title), title.replace(",", " ") + "."]
    for each in spelled:
        report = import_file(database, table(f'title,status\n"{each}",mới\n'))
        assert report.added == 0
    (task,) = database.load("danh-muc").tasks
    assert task.id.startswith("t-")


def test_rows_of_one_task_in_one_table_are_one(database: RegisterDatabase, table: Table) -> None:
    text = "title,objective\n" + "Trồng hồi,\n" * 10_000 + "Trồng hồi,Tăng năng suất\n"
    report = import_file(database, table(text))
    assert (report.added, report.repeated) == (1, 10_000)
    (task,) = database.load("danh-muc").tasks
    assert task.sections["objective"] == "Tăng năng suất"
    assert import_file(database, table(text)).nothing_new


def test_tables_that_number_their_rows_anew_overwrite_nothing(database: RegisterDatabase, table: Table) -> None:
    one = table("mã số,tên nhiệm vụ\n1,Trồng hồi hữu cơ\n2,Nuôi cá lồng\n", "2023.csv")
    two = table("mã số,tên nhiệm vụ\n1,Phòng chống buôn lậu\n2,Nuôi cá lồng bè\n", "2024.csv")
    for _ in range(2):
        for path in (one, two):
            import_file(database, path, name="Sở")
            assert import_file(database, path, name="Sở").nothing_new
    # The same number over nearly the same words is a task renamed; over other words it is another task.
    assert sorted(titles(database, "Sở")) == ["Nuôi cá lồng bè", "Phòng chống buôn lậu", "Trồng hồi hữu cơ"]


def test_two_tasks_of_one_title_in_different_years_and_places_are_two(database: RegisterDatabase, table: Table) -> None:
    text = "title,year,place\nHội thi sáng tạo,2019,Lạng Sơn\nHội thi sáng tạo,2021,Lạng Sơn\n"
    assert import_file(database, table(text)).added == 2
    assert import_file(database, table(text)).nothing_new


# --------------------------------------------------------------------------------------------- bad input


def test_broken_rows_are_listed_with_row_and_cure_and_the_rest_imported(
    database: RegisterDatabase, table: Table
) -> None:
    lines = ['{"title": "Một"}', "{broken", '{"objective": "không có tên"}', "[1]", '{"title": "Hai"}', '{"title": ""}']
    report = import_file(database, table("\n".join(lines) + "\n", "so.jsonl"))
    assert sorted(titles(database, "so")) == ["Hai", "Một"]
    assert report.failed == 4
    assert [problem.where for problem in report.problems] == ["dòng 2", "dòng 3", "dòng 4", "dòng 6"]
    assert all("nhập lại" in problem.message for problem in report.problems)
    assert report.complete, "the table was read to its end"


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.csv", b""), ("a.csv", b"so,gia\n1,2\n"), ("a.xlsx", b"PK\x03\x04 cut"), ("a.csv", b"title\n"),
     ("a.txt", b"Trong hoi"), ("a.jsonl", b"\x00\x01\x02"), ("all.csv", b"title\nMot\n")],
)  # fmt: skip
def test_what_cannot_be_imported_is_refused_and_leaves_no_register(
    database: RegisterDatabase, tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as refused:
        import_file(database, tmp_path / name)
    assert "\n" not in str(refused.value)
    assert database.registers() == ()


@pytest.mark.parametrize("name", ["all", "ALL", "Tất cả", "a/b", "a\\b", "x" * 101])
def test_names_that_cannot_be_used(database: RegisterDatabase, table: Table, name: str) -> None:
    with pytest.raises(InputError, match="--name"):
        import_file(database, table("title\nMột\n"), name=name)


def test_a_register_is_found_under_its_name_in_any_case(database: RegisterDatabase, table: Table) -> None:
    import_file(database, table("title\nMột\n"), name="Sở  KH&CN Hòa Bình")
    assert database.load(unicodedata.normalize("NFD", "sở kh&cn hoà bình")).name == "Sở KH&CN Hòa Bình"
    with pytest.raises(InputError, match="Sở KH&CN Hòa Bình"):
        database.load("Hà Giang")
    assert database.remove("SỞ KH&CN HÒA BÌNH") == 1
    assert database.registers() == ()


def test_a_cut_table_leaves_the_register_marked_until_it_is_whole(database: RegisterDatabase, table: Table) -> None:
    path = table(many(30))
    report = import_file(database, path, settings=Settings(max_rows=20))
    assert (report.added, report.complete) == (20, False)
    (problem,) = database.load("danh-muc").problems
    assert problem.code == "import_unfinished"
    whole = import_file(database, path)
    assert (whole.added, whole.unchanged, whole.resumed) == (10, 20, True)
    assert database.load("danh-muc").problems == ()


def test_a_mended_table_clears_the_mark_of_the_broken_one(database: RegisterDatabase, table: Table) -> None:
    import_file(database, table(many(30)), settings=Settings(max_rows=20))
    import_file(database, table(many(19)), settings=Settings(max_rows=20))
    (summary,) = database.registers()
    assert summary.unfinished == 0
    assert len(summary.imports) == 1


def test_hostile_cells_stay_text(database: RegisterDatabase, table: Table) -> None:
    text = (
        'id,title,"Robert\'); DROP TABLE tasks;--"\n'
        '"1\'); DELETE FROM tasks;--","Tên \' "" ; SELECT * FROM registers %s ? :a","=cmd|\' /C calc\'!A0"\n'
    )
    import_file(database, table(text), name="a'; DROP TABLE registers;--")
    (task,) = database.load("a'; DROP TABLE registers;--").tasks
    assert task.title == "Tên ' \"; SELECT * FROM registers %s? :a"
    assert task.id == "1'); DELETE FROM tasks;--"


def test_contacts_are_not_kept(database: RegisterDatabase, table: Table) -> None:
    text = "title,Email,Ghi chú\nMột,a@example.org,gọi 0912 345 678\n"
    import_file(database, table(text))
    (task,) = database.load("danh-muc").tasks
    kept = json.dumps(dict(task.extra), ensure_ascii=False)
    assert "example.org" not in kept
    assert "345" not in kept


# --------------------------------------------------------------------------------------------- the file itself


def test_a_file_of_something_else_is_refused_and_kept(tmp_path: Path, table: Table) -> None:
    other = tmp_path / "khac.sqlite3"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE mine (a)")
    connection.close()
    (tmp_path / "rac.sqlite3").write_bytes(b"no database at all, long enough to be looked at" * 50)
    for path in (other, tmp_path / "rac.sqlite3"):
        before = path.read_bytes()
        for attempt in (
            RegisterDatabase(path).registers,
            lambda p=path: import_file(RegisterDatabase(p), table(many(3))),
        ):
            with pytest.raises(InputError, match="cơ sở dữ liệu"):
                attempt()
        assert path.read_bytes() == before


def test_a_later_versions_file_is_refused(database: RegisterDatabase, table: Table) -> None:
    import_file(database, table(many(3)))
    connection = sqlite3.connect(database.path)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    with pytest.raises(InputError, match="phiên bản"):
        database.registers()


def test_a_place_that_cannot_be_written(tmp_path: Path, table: Table) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="--db"):
        import_file(RegisterDatabase(tmp_path / "file" / "r.sqlite3"), table(many(3)))
    with pytest.raises(MatcherError):
        import_file(RegisterDatabase(tmp_path), table(many(3)))


def test_listing_before_any_import_makes_nothing(database: RegisterDatabase) -> None:
    assert database.registers() == ()
    assert not database.path.exists()


# --------------------------------------------------------------------------------------------- interrupted, at once


def start_import(database: RegisterDatabase, path: Path, name: str, stop_after: int = 0) -> subprocess.Popen[str]:
    code = (
        "import os, sys, time; from pathlib import Path; from matcher.register import *\n"
        "def progress(done):\n"
        f"    if {stop_after} and done >= {stop_after}: print('there', flush=True); time.sleep(60)\n"
        f"report = import_file(RegisterDatabase(Path({str(database.path)!r})), Path({str(path)!r}), name={name!r}, "
        "progress=progress)\n"
        "print(report.added, report.unchanged, report.updated)\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        encoding="utf-8", env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip


def test_a_killed_import_is_taken_up_and_nothing_is_twice(database: RegisterDatabase, table: Table) -> None:
    path = table(many(2200))
    job = start_import(database, path, "Sở", stop_after=1000)
    assert job.stdout is not None
    assert job.stdout.readline().strip() == "there"
    job.kill()
    job.communicate()
    register = database.load("Sở")
    assert len(register.tasks) == 1000, "what was written before the kill is kept"
    assert [problem.code for problem in register.problems] == ["import_unfinished"]
    report = import_file(database, path, name="Sở")
    assert (report.resumed, report.added, report.unchanged) == (True, 1200, 1000)
    register = database.load("Sở")
    assert len({task.title for task in register.tasks}) == len(register.tasks) == 2200
    assert register.problems == ()


def test_two_imports_at_once_both_finish(database: RegisterDatabase, table: Table) -> None:
    one, two = table(many(3000), "a.csv"), table(many(3000, " mở rộng").replace("N", "M", 3001), "b.csv")
    jobs = [start_import(database, one, "Sở"), start_import(database, one, "Sở"), start_import(database, two, "Khác")]
    shown = [job.communicate(timeout=120) for job in jobs]
    assert [job.returncode for job in jobs] == [0, 0, 0], shown
    added = [int(out.split()[0]) for out, _ in shown]
    assert added[0] + added[1] == 3000, "each task was added by one of the two"
    assert added[2] == 3000
    assert len(database.load("Sở").tasks) == len(database.load("Khác").tasks) == 3000
    assert [register.unfinished for register in database.registers()] == [0, 0]


def test_thousands_a_minute(database: RegisterDatabase, table: Table) -> None:
    path = table(many(5000))
    start = time.process_time()
    import_file(database, path)
    assert time.process_time() - start < 60 * 5000 / 20_000, "slower than 20,000 a minute"


# --------------------------------------------------------------------------------------------- rounds added after


def proposal(key: str, title: str, status: Status = Status.OK, **sections: str) -> Proposal:
    return Proposal(key, {"title": title, **sections} if title else {}, Source("de-xuat.xlsx", 2), status)


def test_a_round_is_added_after_it_was_compared(database: RegisterDatabase) -> None:
    batch = [proposal("P1", "Trồng hồi"), proposal("P2", "Nuôi cá"), proposal("P3", "", Status.FAILED)]
    report = add_proposals(database, batch, name="Đợt", source="2025.jsonl", year=2025)
    assert (report.added, report.failed) == (2, 1)
    tasks = database.load("đợt").tasks
    assert [(t.id, t.sections["year"], t.sections["status"]) for t in tasks] == [
        ("P1", "2025", "đề xuất"), ("P2", "2025", "đề xuất"),
    ]  # fmt: skip
    assert add_proposals(database, batch, name="Đợt", source="2025.jsonl", year=2025).nothing_new
    later = [proposal("P1", "Phòng chống buôn lậu qua biên giới")]
    add_proposals(database, later, name="Đợt", source="2026.jsonl", year=2026)
    assert sorted(titles(database, "Đợt")) == ["Nuôi cá", "Phòng chống buôn lậu qua biên giới", "Trồng hồi"]
