"""`matcher duplicates --report`: the search report from the command line (all texts made up)."""

import json
from pathlib import Path

import docx
import pytest

from tests.cli.test_commands import matcher

CONTENT = (
    "Khảo sát hiện trạng vùng trồng hồi của các hộ tại ba xã giả định và tuyển chọn cây ưu trú; xây dựng vườn giống "
    "gốc quy mô hai héc ta làm nơi cung cấp hom ghép cho những năm tiếp theo"
)


@pytest.fixture(scope="module")
def tables(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    (folder / "p.csv").write_text(
        "id,title,content\n"
        f'P1,Nghiên cứu nhân giống cây hồi năng suất cao tại huyện giả định,"{CONTENT}. Gọi 0912345678"\n'
        "P2,Xây dựng phần mềm quản lý thư viện trường học,\n",
        encoding="utf-8",
    )
    (folder / "r.csv").write_text(
        f'mã số,tên nhiệm vụ,nội dung,năm\nT1,Chọn giống hồi cho vùng núi,"{CONTENT.upper()}",2019\n', encoding="utf-8"
    )
    return folder


@pytest.mark.parametrize("name", ["a.html", "a.docx"])
def test_a_report_is_written_beside_the_pairs(tables: Path, name: str) -> None:
    report, pairs = tables / name, tables / "pairs.jsonl"
    shown = matcher(
        "duplicates", tables / "p.csv", "--register", tables / "r.csv", "--output", pairs, "--report", report
    )
    assert shown.returncode == 0, shown.stderr
    for line in pairs.read_text(encoding="utf-8").splitlines():
        assert set(json.loads(line)) == {"a", "b", "source", "kind", "probability", "reasons", "cluster"}
    text = report.read_text(encoding="utf-8") if name.endswith("html") else words(report)
    assert "r.csv: 1 nhiệm vụ; năm 2019; cập nhật ngày" in text
    assert "Nhiệm vụ T1 (r.csv)" in text
    assert "Đoạn văn giống nhau" in text
    assert "Không tìm thấy nhiệm vụ trùng lặp trong phạm vi tra cứu." in text
    assert "0912345678" not in text


def words(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize(("report", "word"), [("a.pdf", ".docx, .html"), ("p.csv", "p.csv"), ("r.csv/x.html", "r.csv")])
def test_a_report_that_cannot_be_written_is_refused_at_once(tables: Path, report: str, word: str) -> None:
    output = tables / "none.jsonl"
    before = (tables / "p.csv").read_bytes()
    shown = matcher("duplicates", tables / "p.csv", "--output", output, "--report", tables / report)
    assert shown.returncode == 2
    assert word in shown.stderr
    assert "Traceback" not in shown.stderr
    assert not output.exists()
    assert (tables / "p.csv").read_bytes() == before


def test_a_report_does_not_overwrite_an_input(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text("x", encoding="utf-8")
    shown = matcher("duplicates", page, "--output", tmp_path / "o.jsonl", "--report", page)
    assert shown.returncode == 2
    assert page.read_text(encoding="utf-8") == "x"
