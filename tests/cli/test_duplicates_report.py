"""`matcher duplicates --report`: the search report from the command line (all texts made up)."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

CONTENT = (
    "Khảo sát hiện trạng vùng trồng hồi của các hộ tại ba xã giả định và tuyển chọn cây ưu trú; xây dựng vườn giống "
    "gốc quy mô hai héc ta làm nơi cung cấp hom ghép cho những năm tiếp theo"
)


def matcher(*arguments: object) -> subprocess.CompletedProcess[str]:
    code = "import sys; from matcher.cli import main; sys.exit(main(sys.argv[1:]))"
    return subprocess.run([sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True)


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    (tmp_path / "p.csv").write_text(
        "id,title,content\n"
        f'P1,Nghiên cứu nhân giống cây hồi năng suất cao tại huyện giả định,"{CONTENT}. Gọi 0912345678"\n'
        "P2,Xây dựng phần mềm quản lý thư viện trường học,\n",
        encoding="utf-8",
    )
    (tmp_path / "r.csv").write_text(
        f'mã số,tên nhiệm vụ,nội dung,năm\nT1,Chọn giống hồi cho vùng núi,"{CONTENT.upper()}",2019\n', encoding="utf-8"
    )
    return tmp_path


def test_a_report_is_written_beside_the_pairs(tables: Path) -> None:
    report, pairs = tables / "a.html", tables / "pairs.jsonl"
    inputs = (tables / "p.csv", "--register", tables / "r.csv")
    shown = matcher("duplicates", *inputs, "--output", pairs, "--report", report)
    assert shown.returncode == 0, shown.stderr
    for line in pairs.read_text(encoding="utf-8").splitlines():
        assert set(json.loads(line)) == {"a", "b", "source", "kind", "probability", "reasons", "cluster"}
    text = report.read_text(encoding="utf-8")
    assert "r.csv: 1 nhiệm vụ; năm 2019; dữ liệu lưu ngày" in text
    assert "Nhiệm vụ T1 (r.csv)" in text
    assert "Đoạn văn giống nhau" in text
    assert "Không tìm thấy nhiệm vụ trùng lặp trong phạm vi tra cứu." in text
    assert "0912345678" not in text


@pytest.mark.parametrize(
    ("report", "word"), [("a.pdf", ".docx, .html"), ("page.html", "page.html"), ("p.csv/x.html", "p.csv")]
)
def test_a_report_that_cannot_be_written_is_refused_at_once(tables: Path, report: str, word: str) -> None:
    (tables / "page.html").write_text("<p>một đề xuất</p>", encoding="utf-8")
    output = tables / "none.jsonl"
    inputs = (tables / "p.csv", tables / "page.html")
    shown = matcher("duplicates", *inputs, "--output", output, "--report", tables / report)
    assert shown.returncode == 2
    assert word in shown.stderr
    assert "Traceback" not in shown.stderr
    assert not output.exists()
    assert (tables / "page.html").read_text(encoding="utf-8") == "<p>một đề xuất</p>"
