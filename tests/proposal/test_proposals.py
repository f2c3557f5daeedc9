"""Whatever the user names becomes proposals: in order, with distinct ids, failures among them and never an exception."""

import json
import os
from pathlib import Path

import docx
import pytest

from matcher.errors import InputError
from matcher.proposal import count_inputs, input_files, read_proposals, read_register
from matcher.records import Status
from matcher.settings import Settings

DATA = Path(__file__).parents[1] / "data" / "proposals"


def read(*paths, **settings):
    return list(read_proposals([Path(path) for path in paths], settings=Settings(**settings)))


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def codes(proposal):
    return [problem.code for problem in proposal.problems]


def test_folder_is_read_in_natural_order_without_what_is_no_proposal(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("p10.txt", "p9.txt", "sâu/hơn/p1.TXT", ".ẩn.txt", "~$p9.docx", "nhạc.mp3", "ghi-chú.md"):
        write(tmp_path / "in" / name, f"Đề tài: Nuôi ong {name}\n")
    write(tmp_path / "in" / "run.csv", "title\nKết quả của chương trình\n")
    write(tmp_path / "in" / "run.csv.manifest.json", "{}")
    assert [proposal.source.file for proposal in read("in")] == ["in/p9.txt", "in/p10.txt", "in/sâu/hơn/p1.TXT"]
    assert input_files([Path("in")]) == [Path("in/p9.txt"), Path("in/p10.txt"), Path("in/sâu/hơn/p1.TXT")]


def test_result_named_by_the_user_is_read(tmp_path):
    path = write(tmp_path / "run.csv", "title\nNuôi ong lấy mật\n")
    write(tmp_path / "run.csv.manifest.json", "{}")
    assert [proposal.title for proposal in read(path)] == ["Nuôi ong lấy mật"]


def test_file_named_twice_is_read_once(tmp_path):
    path = write(tmp_path / "in" / "a.txt", "Đề tài: Nuôi ong\n")
    assert len(read(path, tmp_path / "in", path)) == 1


def test_missing_paths_and_folders_without_proposals_stop_at_once(tmp_path):
    write(tmp_path / "in" / "nhạc.mp3", "x")
    for paths in ([], [tmp_path / "none"], [tmp_path / "in"]):
        with pytest.raises(InputError) as caught:
            read_proposals(paths)
        assert caught.value.cure


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_circles_of_links_end(tmp_path):
    write(tmp_path / "in" / "a.txt", "Đề tài: Nuôi ong\n")
    (tmp_path / "in" / "again").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "b.txt").symlink_to(tmp_path / "in" / "c.txt")
    (tmp_path / "in" / "c.txt").symlink_to(tmp_path / "in" / "b.txt")
    assert [(proposal.id, proposal.status) for proposal in read(tmp_path / "in")] == [
        ("a", Status.OK),
        ("b", Status.FAILED),
        ("c", Status.FAILED),
    ]


def test_one_bad_input_never_stops_the_rest(tmp_path):
    write(tmp_path / "1.txt", "Đề tài: Nuôi ong lấy mật\n")
    write(tmp_path / "2.docx", "không phải Word")
    (tmp_path / "3.pdf").write_bytes(b"%PDF-1.4 broken")
    (tmp_path / "4.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    write(tmp_path / "5.csv", "họ tên,ghi chú\nx,y\n")
    write(tmp_path / "6.xlsx", "")
    write(tmp_path / "7.txt", "")
    write(tmp_path / "8.csv", "title,objective\n")
    write(tmp_path / "9.txt", "Đề tài: Trồng lạc trên đất đồi\n")
    found = read(tmp_path)
    assert [proposal.id for proposal in found] == list("123456789")
    assert [proposal.status for proposal in found] == [Status.OK, *[Status.FAILED] * 7, Status.OK]
    assert [codes(proposal) for proposal in found[1:8]] == [
        *[["unreadable"]] * 3,
        ["no_title_column"],
        ["unreadable"],
        ["unreadable"],
        ["no_rows"],
    ]
    for proposal in found[1:8]:
        assert not proposal.sections
        assert proposal.problems[0].where.startswith(proposal.source.file)
        assert proposal.problems[0].message[0].isupper()


def test_rows_keep_number_id_sections_and_other_columns(tmp_path):
    text = "Mã số,Tên nhiệm vụ,Mục tiêu,Lĩnh vực,Điện thoại,E-mail\nA1,  Nuôi ong\n ở miền núivà trung du ,Tăng  thu nhập,Nông nghiệp,0205 3812 345,a@b.vn\n"
    (proposal,) = read(
        write(tmp_path / "a.csv", text.replace("  Nuôi ong\n", '"  Nuôi ong\n').replace("trung du ", 'trung du "'))
    )
    assert proposal.id == "A1"
    assert dict(proposal.sections) == {"title": "Nuôi ong ở miền núi và trung du", "objective": "Tăng thu nhập"}
    assert dict(proposal.extra) == {"Lĩnh vực": "Nông nghiệp"}
    assert proposal.source.row == 2
    assert proposal.status is Status.OK


def test_contact_data_inside_texts_go(tmp_path):
    text = 'title,organisation\nNuôi ong,"Hợp tác xã Mẫu, ĐT: 0912 000 000, thư mau@example.org"\n'
    (proposal,) = read(write(tmp_path / "a.csv", text))
    assert "0912" not in proposal.sections["organisation"]
    assert "@" not in proposal.sections["organisation"]
    assert proposal.sections["organisation"].startswith("Hợp tác xã Mẫu")


def test_ids_without_a_column_depend_on_the_words_alone(tmp_path):
    first = read(write(tmp_path / "a.csv", "title,objective\nNuôi ong Hòa An,Tăng thu nhập\nTrồng lạc,x\n"))
    second = read(write(tmp_path / "b.csv", "objective,title\nx,trồng lạc\ntăng thu nhập,NUÔI ONG  HOÀ AN\n"))
    assert [proposal.id for proposal in first] == [proposal.id for proposal in reversed(second)]
    assert all(len(proposal.id) == 14 and proposal.id.startswith("p-") for proposal in first)


def test_ids_are_distinct_within_a_run_and_the_change_is_told(tmp_path):
    a = write(tmp_path / "a.csv", "id,title\nX,Nuôi ong\nX,Trồng lạc\nX#2,Nuôi cá\nX,Nuôi dê\n")
    b = write(tmp_path / "X.txt", "Đề tài: Nuôi tằm\n")
    found = read(a, b)
    assert [proposal.id for proposal in found] == ["X", "X#2", "X#2#2", "X#3", "X#4"]
    assert [codes(proposal) for proposal in found] == [[], *[["duplicate_id"]] * 4]
    assert a.as_posix() in found[1].problems[0].message
    assert all(proposal.status is Status.OK for proposal in found)


def test_broken_and_lossy_rows(tmp_path):
    lines = [
        '{"id": "A", "title": "Nuôi ong"}',
        "{broken",
        '{"id": "C", "objective": "Chỉ có mục tiêu"}',
        '{"id": "D"}',
        '{"title": "Rất dài ' + "x" * 300 + '"}',
    ]
    found = read(write(tmp_path / "a.jsonl", "\n".join(lines)), max_cell_chars=200)
    assert [(proposal.id, proposal.status.value, proposal.source.row) for proposal in found[:4]] == [
        ("A", "ok", 1),
        ("a:2", "failed", 2),
        ("C", "partial", 3),
        ("D", "failed", 4),
    ]
    assert [codes(proposal) for proposal in found] == [
        [],
        ["row_broken"],
        ["title_missing"],
        ["title_missing"],
        ["cell_too_long"],
    ]
    assert found[4].status is Status.PARTIAL
    assert len(found[4].title) == 200


def test_sheets_of_a_workbook_are_told_apart(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Tên nhiệm vụ"])
    book.active.append(["Nuôi ong"])
    other = book.create_sheet("Xã hội")
    other.append(["Tên nhiệm vụ"])
    other.append(["Số hóa tư liệu"])
    book.save(tmp_path / "a.xlsx")
    assert [proposal.source.file.rsplit("/")[-1] for proposal in read(tmp_path / "a.xlsx")] == [
        "a.xlsx",
        "a.xlsx#Xã hội",
    ]


def test_real_shaped_tables_and_documents():
    found = read(DATA)
    assert [
        (proposal.source.file.rsplit("/")[-1], proposal.source.row, proposal.status.value) for proposal in found
    ] == [
        ("de-xuat-cp1258.csv", 5, "ok"),
        ("de-xuat-cp1258.csv", 6, "ok"),
        ("de-xuat-utf16.csv", 2, "ok"),
        ("de-xuat-utf16.csv", 3, "ok"),
        ("phieu-de-xuat.pdf", None, "ok"),
        ("phieu-de-xuat.txt", None, "ok"),
    ]
    assert found[3].title == "Số hóa tư liệu văn hóa cồng chiêng"
    assert found[4].pages == 2


def test_form_in_word_with_automatic_numbers(tmp_path):
    made = docx.Document()
    made.add_paragraph("PHIẾU ĐỀ XUẤT ĐẶT HÀNG")
    for label, text in (
        ("Tên nhiệm vụ", "Xây dựng mô hình nuôi cá lồng"),
        ("Lý do đề xuất", "Mặt nước bỏ không"),
        ("Mục tiêu", "Tăng thu nhập"),
    ):
        made.add_paragraph(f"{label}:", style="List Number")
        made.add_paragraph(text)
        made.add_paragraph(f"chi tiết của {text.lower()}", style="List Bullet")
    made.save(tmp_path / "a.docx")
    (proposal,) = read(tmp_path / "a.docx")
    assert proposal.title == "Xây dựng mô hình nuôi cá lồng"
    assert proposal.sections["objective"] == "Tăng thu nhập\n• chi tiết của tăng thu nhập"


def test_register_takes_the_national_columns(tmp_path):
    text = (
        "Tên nhiệm vụ;Mã số nhiệm vụ;Tổ chức chủ trì;Cơ quan quản lý;Cấp quản lý;Chủ nhiệm nhiệm vụ;Mục tiêu;Tóm tắt nội dung;"
        "Lĩnh vực nghiên cứu;Thời gian bắt đầu;Thời gian kết thúc;Số đăng ký\n"
        "Nuôi ong;NV.01;Trung tâm Mẫu;Sở KH&CN;Tỉnh;;Tăng thu nhập;Khảo sát;Nông nghiệp;03/2019;12/2020;2019-1\n"
        ";NV.02;;;;;;;;;;\n"
    )
    register = read_register(write(tmp_path / "so.csv", text))
    (task,) = register.tasks
    assert (register.name, task.id, task.sections["year"]) == ("so", "NV.01", "2019")
    assert (task.sections["organisation"], task.sections["content"]) == ("Trung tâm Mẫu", "Khảo sát")
    assert task.extra["Cơ quan quản lý"] == "Sở KH&CN"
    assert task.extra["Số đăng ký"] == "2019-1"
    assert [problem.where for problem in register.problems] == ["dòng 3"]


def test_register_that_cannot_be_read_is_an_error(tmp_path):
    for path in (
        tmp_path / "none.csv",
        tmp_path,
        write(tmp_path / "a.csv", "x,y\n1,2\n"),
        write(tmp_path / "b.csv", "title,year\n"),
    ):
        with pytest.raises(InputError):
            read_register(path)


def test_counts_are_near_without_reading(tmp_path):
    write(tmp_path / "a.csv", "title\n" + "Nuôi ong\n" * 7)
    write(tmp_path / "b.jsonl", json.dumps({"title": "x"}) + "\n" + json.dumps({"title": "y"}) + "\n")
    write(tmp_path / "c.txt", "Nuôi cá")
    write(tmp_path / "d.xlsx", "no workbook")
    assert count_inputs([tmp_path]) == 7 + 2 + 1 + 1
