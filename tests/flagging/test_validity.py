import json
from pathlib import Path

import pytest

from matcher.flagging import invalid_reason
from matcher.records import Proposal, Source

CORPUS = Path(__file__).parents[2] / "corpus"


def proposal(title: str, objective: str = "") -> Proposal:
    return Proposal("p", {"title": title, "objective": objective}, Source("test"))


@pytest.mark.parametrize(
    "title",
    ["", "   ", "12345", "…", "Hồi", "Tên nhiệm vụ:", "PHIẾU ĐỀ XUẤT ĐẶT HÀNG", "test 123", "asdf qwer zxcv", "Kính gửi: Sở KH&CN",
     "xkcd zzzt qwrt plmk bvcx", "cây cây cây cây cây cây cây", "lorem ipsum dolor sit amet", "?!?!?!"],
)  # fmt: skip
def test_what_is_plainly_no_proposal(title: str) -> None:
    assert invalid_reason(proposal(title))


@pytest.mark.parametrize(
    "title",
    ["Bảo tồn gà sáu ngón", "NGHIÊN CỨU TRỒNG CÂY HỒI", "Nghien cuu trong mac ca tai Binh Gia", "Chế tạo máy sấy hồi công suất 40 kg/mẻ",
     "Effects of climate change on star anise yield in Lang Son", "Ứng dụng PET/CT trong chẩn đoán ung thư"],
)  # fmt: skip
def test_what_may_be_a_proposal(title: str) -> None:
    assert invalid_reason(proposal(title)) == ""


def test_no_real_title_is_refused() -> None:
    lines = (CORPUS / "lang-son-2025" / "gold-dev.jsonl").read_text(encoding="utf-8").splitlines()
    refused = [title for line in lines if invalid_reason(proposal(title := json.loads(line)["title"]))]
    assert refused == []


def test_a_short_title_with_an_objective_is_looked_at() -> None:
    assert invalid_reason(proposal("Cây hồi", "Nâng cao năng suất hồi của các hộ trồng ở Văn Quan.")) == ""
