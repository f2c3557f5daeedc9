"""Quantities, sums of money and spans of time as proposers write them, in figures and in words."""

from __future__ import annotations

import re

from matcher.checking.phrases import one_of
from matcher.text import unify_tones

_NUMBER_WORD = one_of("một, hai, ba, bốn, năm, sáu, bảy, bẩy, tám, chín, mười, mươi, mấy, trăm, nghìn, ngàn")
#: What products come in: a number word counts only before one of these («một bộ quy trình», not «một số»).
_COUNTED = one_of(
    "bộ, bản, báo cáo, bài, mô hình, quy trình, qui trình, cơ sở, hệ thống, phần mềm, tài liệu, tập, cuốn, ấn phẩm",
    "giống, dòng, vườn, ha, héc ta, hecta, sào, con, cây, tấn, tạ, kg, lít, sản phẩm, lớp, khóa, hội thảo, hội nghị",
    "giải pháp, đề xuất, kiến nghị, bản đồ, website, trang, ứng dụng, thiết bị, dây chuyền, máy, mẫu, xã, huyện, hộ",
    "thạc sĩ, tiến sĩ, học viên, người, cán bộ, kỹ thuật viên, nhãn hiệu, chỉ dẫn, hồ sơ, sổ tay, video, phim, đĩa",
    "bảng, danh mục, tiêu chuẩn, đơn, sáng chế, chuỗi, công thức, phác đồ, chuyên đề, trạm, điểm, khu, xưởng, nhà, lò",
    "loại, loài, nguồn gen, phiếu, gói, kênh, tour, tuyến, sáng kiến, cẩm nang, chương trình, kế hoạch, đề án, dự thảo",
)
_IN_WORDS = re.compile(
    rf"(?<!\w){_NUMBER_WORD}(?:\s+{_NUMBER_WORD})*(?:\s+\([^)]{{0,12}}\))?\s+{_COUNTED}(?!\w)"
    r"|(?<!\w)(?:một|hai|ba)\s+phần\s+(?:hai|ba|tư|mười)|(?<!\w)gấp\s+(?:đôi|rưỡi|hai|ba)|(?<!\w)phần\s+trăm(?!\w)",
    re.IGNORECASE,
)
_STANDARD = re.compile(
    r"\b(?:TCVN|QCVN|TCCS|TCN|ISO|IEC|ASTM|HACCP|GMP|GACP|GAP|Viet\s?GA[PH]P?|Global\s?GAP|AOAC|Codex|Dược điển|DĐVN)"
    r"|\b\d\s?sao\b|\bOCOP\b|\b(?:tiêu chuẩn|quy chuẩn)\s(?:quốc gia|cơ sở|ngành|Việt Nam|hữu cơ)",
    re.IGNORECASE,
)
#: Numbers that measure nothing: of items and lists, of documents, dates, years, generations of technology.
_NO_QUANTITY = re.compile(
    r"^\s*(?:[-–+*•]\s*)?(?:\d{1,2}(?:\.\d{1,2})*[.)]|\(?\d{1,2}\)|\d{1,2}(?:\.\d{1,2})+\s(?=[^\W\da-z]))\s*"
    r"|(?<=[;:.]\s)\(?\d{1,2}[.)]\s"
    r"|\d{1,5}[a-z]?\s?(?:/\s?\d{4}\s?)?[/-]\s?[A-ZĐ][\w&-]*(?:\s?[-–/]\s?[A-ZĐ][\w&.-]*)*"
    r"|\b\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|\b\d{1,2}\s?/\s?\d{4}"
    r"|\b(?:năm|giai đoạn|niên độ|vụ|quý|tháng|[Đđ]iều|khoản|điểm|[Mm]ục|số|thứ|khóa|Chương trình|[Pp]hụ lục)\s+"
    r"(?:\d[\d.]*|[IVX]+)"
    r"|\b(?:19|20)\d\d\b|\b[45][.,]0\b|\bCOVID-?\s?19\b|\bH5N1\b|\bCO2\b|\b[A-Z]{1,3}\d+\b",
    re.MULTILINE,
)
_DIGIT = re.compile(r"\d")

_MONEY_UNIT = r"(?:tỷ|tỉ|triệu|trđ|nghìn|ngàn|đồng|đ|vnđ|vnd|usd|ty|trieu|dong)"
_MONEY = re.compile(
    rf"\d[\d.,\s]*(?:\([^)]{{0,20}}\)\s*)?{_MONEY_UNIT}(?!\w)|\d{{1,3}}(?:[.,]\d{{3}}){{2,}}|\d{{7,}}"
    rf"|(?:{_NUMBER_WORD}|linh|lẻ|rưỡi)\s+(?:tỷ|tỉ|triệu)(?!\w)"
    rf"|(?:tr\.?\s?đ|triệu đồng|tỷ đồng|vnđ|đồng)\W{{0,3}}\s*[:=]?\s*\d",
    re.IGNORECASE,
)
_SPAN = re.compile(
    rf"(?:\d+(?:[.,]\d+)?|{_NUMBER_WORD})\s*(?:\([^)]{{0,20}}\)\s*)?(?:tháng|năm|thang|nam|quý|vụ)(?!\w)"
    r"|(?:19|20)\d\d\s*(?:[-–]|đến|den|tới|->|→)\s*(?:hết\s|năm\s|tháng\s|quý\s)*(?:\d{1,2}\s?[/.-]\s?|[IV]+\s?/\s?)*(?:19|20)\d\d"
    r"|\d{1,2}\s?[/.-]\s?(?:19|20)\d\d\D{1,30}\d{1,2}\s?[/.-]\s?(?:19|20)\d\d|tháng\s*(?:\([^)]*\)\s*)?:\s*\d+"
    r"|từ\b.{0,40}\bđến\b.{0,40}(?:19|20)\d\d|(?:trong|vào)\s(?:cả\s)?năm\s(?:19|20)\d\d",
    re.IGNORECASE,
)


def has_quantity(text: str) -> bool:
    """Tell whether a text measures anything: a number that counts or measures, a quantity in words, a standard.

    Examples
    --------
    >>> has_quantity("Một bộ quy trình kỹ thuật"), has_quantity("Một số giải pháp đến năm 2030")
    (True, False)
    """
    if _STANDARD.search(text) or _IN_WORDS.search(unify_tones(text)):
        return True
    return _DIGIT.search(_NO_QUANTITY.sub(" ", text)) is not None


def has_money(text: str) -> bool:
    """Tell whether a sum of money is named: «1.200 triệu đồng», «1,2 tỷ», «một tỷ hai trăm triệu».

    Examples
    --------
    >>> has_money("khoảng 1.200 triệu đồng"), has_money("theo quy định hiện hành")
    (True, False)
    """
    return _MONEY.search(text) is not None


def has_span(text: str) -> bool:
    """Tell whether a span of time is named: «24 tháng», «hai năm», «01/2025 đến 12/2026», «2025-2026».

    Examples
    --------
    >>> has_span("từ tháng 01/2025 đến tháng 12/2026"), has_span("theo tiến độ được duyệt")
    (True, False)
    """
    return _SPAN.search(text) is not None
