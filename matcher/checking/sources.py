"""Figures claimed without a source: the announcement wants reliable documents cited."""

from __future__ import annotations

import re
from collections.abc import Iterator

from matcher.announcement.numbers import NUMBER
from matcher.checking.case import Case, Finding, Severity
from matcher.checking.phrases import CAPITAL, one_of
from matcher.checking.roles import Role
from matcher.checking.wording import requirement, shortened

_UNITS = one_of(
    "%, phần trăm, ha, héc ta, hecta, tấn, tạ, tỷ, tỉ, triệu, nghìn, ngàn, hộ, người, lượt, con, ca, trường hợp",
    "bệnh nhân, học sinh, sinh viên, xã, thôn, cơ sở, doanh nghiệp, hợp tác xã, km, km2, km², m3, m³, USD, lao động",
    "trẻ, vụ, lồng, trang trại, tấn/ha, tạ/ha",
)
_FIGURE = re.compile(rf"(?<![\w/])\d[\d.,]*(?:\s?[-–]\s?\d[\d.,]*)?\s?{_UNITS}(?!\w)")
#: A sentence of intentions gives targets, not facts.
_TARGET = re.compile(
    r"mục tiêu|phấn đấu|đến (?:hết )?năm 20[2-9]\d|chỉ tiêu|dự kiến|kỳ vọng|sẽ |nhiệm vụ này|đề tài này|kế hoạch"
    r"|định hướng|giai đoạn 20\d\d|quy hoạch|đề án|nghị quyết|quyết định",
    re.IGNORECASE,
)
_PAPERS = one_of(
    "số liệu, báo cáo, thống kê, niên giám, đánh giá, điều tra, khảo sát, tổng hợp, công bố, nghiên cứu, tài liệu",
    "kiểm kê, ước tính, rà soát, nguồn, dữ liệu, thông tin",
    "ghi nhận, phản ánh, hồ sơ, sổ, tạp chí, bài báo, đề tài, bảng, theo dõi, quan trắc, phân tích",
)
_SURVEYS = one_of(
    "điều tra, khảo sát, kiểm kê, rà soát, quan trắc, phân tích, thống kê, tổng hợp, theo dõi, giám sát, xét nghiệm",
    "đo đạc, phỏng vấn, cân, thử nghiệm, kiểm tra",
)
_NAMED_PAPER = one_of(
    "số liệu, báo cáo, biên bản, hồ sơ, phiếu, sổ, tài liệu, niên giám, kết quả, đề tài, nghiên cứu, bảng, sách"
)
#: «Khảo sát … do … thực hiện năm 2022 cho thấy»: a study as the subject, with whose or when it was.
_STUDY_SAYS = re.compile(
    rf"(?i:{_NAMED_PAPER}|{_SURVEYS})\b[^.;]{{0,250}}?"
    r"\b(?:cho thấy|cho biết|ghi nhận|chỉ ra|công bố|xác định|phản ánh|nêu)\b"
)
_WHOSE = re.compile(r"\b(?:của|do|năm|tại|ngành)\b|\d{4}")
_FILED = one_of(
    "số liệu, báo cáo, biên bản, hồ sơ, phiếu, sổ, tài liệu, niên giám, đề tài, khảo sát, điều tra, kiểm kê, thống kê",
    "tổng hợp, quan trắc, danh sách",
)
#: «(báo cáo đề tài cơ sở, 2023)», «[phiếu khảo sát 45 doanh nghiệp, tháng 12/2023]»: a paper and its year.
_IN_BRACKETS = (
    rf"[(\[][^()\[\]]{{0,120}}?\b(?i:{_FILED})\b[^()\[\]]{{0,200}}?\b(?:19|20)\d\d\b"
    r"|\bdo\s(?:[\w-]+\s){1,10}(?:tổng hợp|cung cấp|thống kê|công bố)\b"
)
#: What «theo» (according to) may speak of without naming a source.
_NO_SOURCE = one_of(
    "Viet, Global, TCVN, QCVN, ISO, OCOP, GAP, GACP, GMP, HACCP, Điều, Luật, Kế hoạch, Quyết định",
    "Nghị quyết, Nghị định, Chương trình, Thông báo, Thông tư, Đề án, Chiến lược, Quy hoạch, Chỉ thị",
)
_SOURCE = re.compile(
    rf"{_IN_BRACKETS}|\b(?i:theo)\s+(?:(?i:các|những|kết quả|một số|tính toán)\s+)*"
    rf"(?:{_PAPERS}|(?!{_NO_SOURCE}){CAPITAL})"
    r"|\[\d{1,2}(?:\s?[,;–-]\s?\d{1,2})*\]|\(\D{0,12}(?i:nguồn)\b|\b(?i:nguồn)\s*(?:số liệu\s*)?:"
    r"|\d\s?/\s?BC\b|\bBC-|(?i:niên giám|tài liệu tham khảo|tạp chí|kỷ yếu)|et al\.|và (?:cộng sự|cs\b)|[¹²³⁴⁵⁶⁷⁸⁹]"
    r"|(?i:báo cáo)\s+(?:số|tổng kết|năm|của|thường niên|kinh tế|đánh giá|thống kê|tình hình|hiện trạng|công tác)"
    rf"|(?i:số liệu)\s+(?:của|do|từ|năm|{_PAPERS})|(?i:thống kê)\s+(?:của|năm|từ|cho|đến|sơ bộ)"
    rf"|(?i:kết quả|đợt|cuộc|qua)\s+(?:[\w-]+\s){{0,2}}?{_SURVEYS}"
    r"|\((?:[^()\d]{2,60}),\s*(?:19|20)\d\d[a-z]?(?:;[^()]*)?\)"
    r"|\b(?:công bố|cung cấp|thống kê|ghi nhận|báo cáo)\s+(?:của|bởi|tại|năm|rằng|cho)"
)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+|\n+")


def figures_without_source(case: Case) -> Iterator[Finding]:
    """Flag reasons that claim figures and name no source: no report, survey, yearbook, «[1]» or «(Nguồn: …)»."""
    text = case.text(Role.REASONS)
    if names_source(text):
        return
    figures = claimed_figures(text)
    if not figures:
        return
    number, place = case.place(Role.REASONS)
    shown = ", ".join(f"«{figure}»" for figure in figures[:3])
    yield Finding(
        "figures_without_source",
        f"Lý do đề xuất nêu số liệu ({shown}) mà không dẫn nguồn.",
        requirement(case.announcement, "trích dẫn", _hint(case)),
        "Ghi nguồn ngay sau số liệu, ví dụ «(Nguồn: Niên giám thống kê năm …)» hoặc «theo Báo cáo số …».",
        number,
        place,
        Severity.WARNING,
    )


def names_source(text: str) -> bool:
    """Tell whether a text says anywhere where its figures come from.

    Examples
    --------
    >>> names_source("Theo Niên giám thống kê 2023, diện tích là 3.500 ha."), names_source("Diện tích là 3.500 ha.")
    (True, False)
    """
    return bool(_SOURCE.search(text)) or any(_WHOSE.search(found[0]) for found in _STUDY_SAYS.finditer(text))


def claimed_figures(text: str) -> list[str]:
    """Return the figures that sentences state as facts; not targets, and not what a cited decree says.

    Examples
    --------
    >>> claimed_figures("Toàn huyện có 3.500 ha hồi. Phấn đấu tăng 10% sản lượng.")
    ['3.500 ha']
    """
    facts = (each for each in _SENTENCE.split(text) if not _TARGET.search(each) and not NUMBER.search(each))
    return [found[0] for sentence in facts for found in _FIGURE.finditer(sentence)]


def _hint(case: Case) -> str:
    item = case.asking(Role.REASONS)
    return shortened(item.hint) if item and item.hint else "Số liệu nêu trong phiếu cần có trích dẫn tài liệu tin cậy."
