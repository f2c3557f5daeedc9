"""What a proposer sees of a draft's check, and that nothing of the draft stays (all texts made up)."""

import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path
from types import MappingProxyType

import docx
import pytest
from rich.console import Console

from matcher.errors import InputError, OutputError
from matcher.records import Contact, FilledForm, FilledItem
from matcher.reporting.check import check_outputs, check_record, show_check, write_check
from matcher.selfcheck import Checker
from matcher.settings import Settings

FORM = """PHIẾU ĐỀ XUẤT ĐẶT HÀNG NHIỆM VỤ KHOA HỌC VÀ CÔNG NGHỆ
1. Tên nhiệm vụ khoa học và công nghệ: Xây dựng mô hình trồng cây ba kích dưới tán rừng tại huyện Bắc Sơn
2. Lý do đề xuất:
- Căn cứ đề xuất: Kế hoạch số 53/KH-UBND ngày 03/03/2023 của UBND tỉnh Lạng Sơn.
- Tính cấp thiết: Người dân cần cây trồng có thu nhập ổn định dưới tán rừng.
3. Mục tiêu: Có mô hình trồng ba kích dưới tán rừng đạt năng suất cao.
4. Yêu cầu các kết quả chính và các chỉ tiêu cần đạt: 01 quy trình kỹ thuật; 05 ha mô hình.
5. Các nội dung chính cần thực hiện để đạt kết quả: Chọn giống; trồng; chăm sóc; tập huấn cho 50 hộ.
6. Khả năng ứng dụng: Nhân rộng ra các xã trong huyện.
7. Dự kiến tổ chức, cơ quan hoặc địa chỉ ứng dụng: Hợp tác xã dược liệu (giả định) tại huyện Bắc Sơn.
8. Yêu cầu về thời gian thực hiện: 24 tháng.
10. Địa chỉ liên hệ: Hợp tác xã dược liệu (giả định), điện thoại 0900 000 011, thư điện tử htx@example.vn
"""


@pytest.fixture(scope="module")
def own(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of this folder's tests, with no imported register."""
    return settings.replace(register_db=str(tmp_path_factory.mktemp("check") / "registers.sqlite3"))


@pytest.fixture(scope="module")
def check(own: Settings):
    return Checker(own).check(FORM.encode())


def shown(check) -> str:
    stream = StringIO()
    show_check(check, Console(file=stream, width=100))
    return stream.getvalue()


def test_a_page_says_where_it_fits_what_is_near_and_what_to_mend(check):
    text = " ".join(shown(check).split())
    assert "CHƯA NÊN GỬI: phù hợp định hướng " in text
    assert text.count("• Định hướng ") == 3
    assert "khả năng phù hợp" in text
    assert "53/KH-UBND ngày 03/03/2023" in text
    assert "Đã so với danh mục mẫu kèm theo thông báo (76 nhiệm vụ)." in text
    assert "Thiếu mục: 9. Dự kiến nhu cầu kinh phí." in text
    first = text[text.index("[") :]
    assert first.startswith("[PHẢI SỬA]")
    assert "Cách sửa:" in first


def test_every_kind_of_page_says_the_same(check, tmp_path):
    write_check(check, [tmp_path / "a.html", tmp_path / "a.docx"], tmp_path / "a.json")
    record = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    document = docx.Document(str(tmp_path / "a.docx"))
    body = document.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t")
    words = "".join(each.text or "" for each in body)
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    for text in (words, page):
        assert record["check"]["verdict"] in text
        assert all(each["words"] in text for each in record["check"]["orientations"])
        assert all(problem["message"] in text for problem in record["form"]["problems"])
    assert record["state"] == "aligned"
    assert len(record["matches"]) == 43
    assert record["matches"][0]["evidence"]
    assert record["check"]["outcome"] == "mend"
    assert record["check"]["read"]["thời gian"] == "24 tháng"


def test_contact_data_are_shown_only_when_asked(check):
    filled = FilledForm(
        items=(FilledItem(1, "Tên", present=True),),
        contact=Contact("Ai đó (giả định)", "0900 000 011", "htx@example.vn"),
    )
    proposal = replace(check.assessment.proposal, form=filled)
    given = replace(check, assessment=replace(check.assessment, proposal=proposal))
    for secret in ("0900 000 011", "htx@example.vn"):
        assert secret not in shown(given) + json.dumps(check_record(given), ensure_ascii=False)
        assert secret in shown(replace(given, contact=True))
        assert secret not in shown(check) + json.dumps(check_record(check), ensure_ascii=False)


def test_a_past_task_that_is_the_same_work_is_named_with_what_to_do(own, tmp_path):
    register = tmp_path / "cu.csv"
    title = "Xây dựng mô hình trồng cây ba kích dưới tán rừng tại huyện Bắc Sơn"
    register.write_text(f"mã số,tên nhiệm vụ,năm\nDM-7,{title},2019\n", encoding="utf-8")
    text = " ".join(shown(Checker(own, registers=[register]).check(FORM.encode())).split())
    assert "rất giống 1 nhiệm vụ đã có" in text
    assert "DM-7: giống hệt" in text
    assert "năm 2019" in text
    assert "Việc nên làm:" in text


def test_text_that_is_no_form_is_never_called_ready(own):
    title = "Xây dựng mô hình trồng cây ba kích dưới tán rừng tại huyện Bắc Sơn tỉnh Lạng Sơn"
    text = " ".join(shown(Checker(own).check(title.encode())).split())
    assert "CHƯA NÊN GỬI" in text
    assert "văn bản chưa theo mẫu phiếu" in text
    assert "không có lỗi" not in text
    assert "Không thấy lỗi" not in text


def contents(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".sqlite3":
            with sqlite3.connect(path) as connection:
                yield path.name, str(connection.execute("SELECT COUNT(*), MAX(number) FROM vectors").fetchone())
        elif path.is_file() and not path.name.endswith(("-wal", "-shm")):
            yield str(path), hashlib.sha256(path.read_bytes()).hexdigest()


def test_nothing_of_a_draft_is_kept(own, check, tmp_path):
    before = dict(contents(Path(own.cache_dir)))
    assert before
    draft = tmp_path / "bản thảo.txt"
    draft.write_text(FORM.replace("ba kích", "sa nhân tím"), encoding="utf-8")
    Checker(own).check(draft)
    assert dict(contents(Path(own.cache_dir))) == before
    assert not Path(own.register_db).exists()


def test_a_folder_or_a_table_of_many_is_refused(own, tmp_path):
    with pytest.raises(InputError, match="matcher match"):
        Checker(own).check(tmp_path)
    (tmp_path / "a.csv").write_text("title\nTrồng hồi\nTrồng quế\n", encoding="utf-8")
    with pytest.raises(InputError, match="matcher match"):
        Checker(own).check(tmp_path / "a.csv")


def test_outputs_are_checked_before_any_work(tmp_path):
    with pytest.raises(OutputError, match="check"):
        check_outputs([tmp_path / "a.xlsx"], None)
    with pytest.raises(OutputError, match="already"):
        check_outputs([tmp_path / "a.html"], None, [tmp_path / "a.html"])


def matcher(*arguments: object, given: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    code = "import sys; from matcher.cli import main; sys.exit(main(sys.argv[1:]))"
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True, text=True, input=given, encoding="utf-8",
        env={**os.environ, **environment, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip


def test_the_command_reads_standard_input_and_logs_no_text(own):
    places = {"MATCHER_CACHE_DIR": own.cache_dir, "MATCHER_REGISTER_DB": own.register_db}
    done = matcher("--verbose", "check", "-", given=FORM, **places)
    assert done.returncode == 0, done.stderr
    assert "CHƯA NÊN GỬI" in done.stdout
    assert "ba kích" not in done.stderr
    empty = matcher("check", "-", given=" \n", **places)
    assert empty.returncode == 2
    assert "Traceback" not in empty.stderr


def test_a_register_with_losses_says_so(check):
    lossy = replace(check, registers=(replace(check.registers[0], lost=2),), tasks=MappingProxyType({}))
    assert "2 dòng của danh mục không đọc được nên CHƯA so" in " ".join(shown(lossy).split())
    assert "CHƯA so với danh mục nào" in shown(replace(check, registers=()))


def test_a_watched_draft_is_checked_again_when_it_is_saved(own: Settings, tmp_path: Path) -> None:
    draft, result = tmp_path / "ban-thao.txt", tmp_path / "k.json"
    draft.write_text(FORM, encoding="utf-8")
    environment = os.environ | {"MATCHER_CACHE_DIR": own.cache_dir, "MATCHER_REGISTER_DB": own.register_db}
    code = "import sys; from matcher.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "check", str(draft), "--watch", "--json", str(result)]
    watching = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def codes() -> set[str]:
        return {problem["code"] for problem in json.loads(result.read_text(encoding="utf-8"))["form"]["problems"]}

    try:
        wait_for(result.exists)
        assert "item_missing" in codes(), "item 9 is not there"
        time.sleep(0.5)  # until it watches
        draft.write_text(
            FORM.replace("10. Địa", "9. Dự kiến nhu cầu kinh phí: 900 triệu đồng.\n10. Địa"), encoding="utf-8"
        )
        wait_for(lambda: "item_missing" not in codes())
        watching.send_signal(signal.SIGINT)
        assert watching.wait(30) == 130
    finally:
        watching.kill()
        watching.communicate()


def wait_for(done: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not done():
        assert time.monotonic() < end
        time.sleep(0.1)
