"""What the items must say: measurable products, who will use them, how long, how much, and the commitment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from matcher.checking.amounts import has_money, has_quantity, has_span
from matcher.checking.case import Case, Finding, Severity
from matcher.checking.items import is_blank
from matcher.checking.phrases import CAPITAL, one_of
from matcher.checking.roles import Role
from matcher.checking.wording import commitment_asked, item_rule, requirement
from matcher.text import strip_diacritics

#: A head of a body's or place's name and a capital soon after it: «Trung tâm Khuyến nông», «các huyện Chi Lăng».
_HEADS = one_of(
    "sở, chi cục, trung tâm, bệnh viện, trường, viện, phòng, hội, ban, trạm, hạt, công an, đài, báo, thư viện",
    "bảo tàng, công ty, hợp tác xã, tổ hợp tác, đoàn, liên minh, hiệp hội, cục, vườn, khu, ủy ban, uỷ ban, văn phòng",
    "bộ, tỉnh đoàn, tỉnh ủy, huyện ủy, huyện, xã, thị trấn, thành phố, phường, nhà máy, doanh nghiệp, cơ sở",
    "trang trại, làng, thôn, cửa khẩu, bưu điện, ngân hàng, học viện",
)
_NAMED = re.compile(
    r"\b(?:UBND|HĐND|HTX|THT|THPT|THCS|PTDT\w*|TNHH|CTCP)\b"
    rf"|\b(?i:{_HEADS})\s+(?:\w+\s){{0,6}}?{CAPITAL}\w*"
)
#: Bodies that are meant without their name: there is one of them in the province, or one in each district.
_KIND_OF_BODY = re.compile(
    r"trung tam (?:y te|dich vu|khuyen nong|van hoa|giao duc|kiem soat|ung dung)|tram y te|benh vien|chi cuc"
    r"|truong (?:tieu hoc|trung hoc|mam non|pho thong|cao dang|dai hoc|thpt|thcs|noi tru)|hat kiem lam"
    r"|phong (?:nong nghiep|kinh te|van hoa|giao duc|tai nguyen|lao dong|y te)|(?:uy ban nhan dan|ubnd) (?:cac |cap )"
    r"|so (?:nong nghiep|y te|giao duc|cong thuong|khoa hoc|tai nguyen|van hoa|lao dong|thong tin|xay dung|giao thong)"
    r"|hoi (?:nong dan|phu nu|lien hiep|cuu chien binh|nguoi cao tuoi|dong y)|to hop tac|tram (?:khuyen nong|thu y)"
    r"|(?:bo|ban) chi huy|cong an|lien minh hop tac xa|doan thanh nien|ban quan ly"
)


def no_application_address(case: Case) -> Iterator[Finding]:
    """Flag an item on who will use the results (địa chỉ ứng dụng) that names no body and no place."""
    if not _is_asked(case, Role.USER):
        return
    text = case.text(Role.USER)
    if names_a_user(text, case.announcement.issuer):
        return
    number, place = case.place(Role.USER)
    yield Finding(
        "no_application_address",
        "Chưa nêu được tổ chức, cơ quan hoặc địa chỉ cụ thể sẽ ứng dụng kết quả.",
        requirement(case.announcement, "địa chỉ (?:ứng|áp) dụng", item_rule(case.asking(Role.USER))),
        "Ghi tên cơ quan, đơn vị, hợp tác xã hoặc địa phương sẽ tiếp nhận kết quả và năng lực của nơi đó.",
        number,
        place,
    )


def names_a_user(text: str, issuer: str = "") -> bool:
    """Tell whether a text names a body or place that will use the results, not just «các tổ chức, cá nhân có nhu cầu».

    Parameters
    ----------
    text : str
        What the proposer wrote.
    issuer : str
        Who announced; its province alone is no address.
    """
    province = issuer.rsplit("tỉnh ", 1)[-1].strip() if "tỉnh " in issuer else ""
    if province:
        text = re.sub(rf"(?:tỉnh|địa bàn|của)?\s*\b{re.escape(province)}\b", " ", text)
    return bool(_NAMED.search(text) or _KIND_OF_BODY.search(strip_diacritics(text).lower()))


def no_measurable_product(case: Case) -> Iterator[Finding]:
    """Flag an item on results that has no number with a unit, no quantity in words and no standard."""
    item, text = case.asking(Role.PRODUCTS), case.text(Role.PRODUCTS)
    if not _is_asked(case, Role.PRODUCTS) or item is None or is_blank(item, text) or has_quantity(text):
        return
    number, place = case.place(Role.PRODUCTS)
    yield Finding(
        "no_measurable_product",
        "Kết quả và chỉ tiêu chưa đo đếm được: không có số lượng, đơn vị đo hay tiêu chuẩn nào.",
        item_rule(item),
        "Ghi số lượng và mức cần đạt của từng sản phẩm, ví dụ «01 quy trình», «02 mô hình, mỗi mô hình 1 ha».",
        number,
        place,
    )


def duration_missing(case: Case) -> Iterator[Finding]:
    """Flag an item on time that names no span."""
    form, text = case.form, case.text(Role.DURATION)
    if form is None or form.months is not None or has_span(text) or not _is_asked(case, Role.DURATION):
        return
    number, place = case.place(Role.DURATION)
    yield Finding(
        "duration_missing",
        "Chưa nêu thời gian thực hiện (số tháng).",
        item_rule(case.asking(Role.DURATION)),
        "Ghi số tháng và tháng bắt đầu, kết thúc, ví dụ «24 tháng, từ 01/2025 đến 12/2026».",
        number,
        place,
    )


def budget_missing(case: Case) -> Iterator[Finding]:
    """Flag an item on money that names no sum."""
    form, text = case.form, case.text(Role.BUDGET)
    if form is None or form.budget_vnd is not None or has_money(text) or not _is_asked(case, Role.BUDGET):
        return
    number, place = case.place(Role.BUDGET)
    yield Finding(
        "budget_missing",
        "Chưa nêu dự kiến kinh phí bằng số tiền.",
        item_rule(case.asking(Role.BUDGET)),
        "Ghi tổng kinh phí dự kiến và các nguồn, ví dụ «1.200 triệu đồng, trong đó ngân sách 1.000 triệu đồng».",
        number,
        place,
    )


def commitment_missing(case: Case) -> Iterator[Finding]:
    """Flag a form without the line of commitment (cam kết) that the announcement's form has below its items."""
    asked = commitment_asked(case.announcement)
    if case.is_form and asked and case.form is not None and not case.form.committed:
        yield Finding(
            "commitment_missing",
            "Phiếu thiếu dòng cam kết có phương án ứng dụng kết quả.",
            asked,
            "Chép lại dòng cam kết của mẫu phiếu, điền tên tổ chức, cá nhân đề xuất, ngay trên phần ký tên.",
            where="cuối phiếu, trên phần ký tên",
        )


def contact_incomplete(case: Case) -> Iterator[Finding]:
    """Neither telephone nor e-mail of whom to ask; the finding never repeats what is there."""
    form, item = case.form, case.filled(Role.CONTACT)
    if not case.is_form or form is None or case.asking(Role.CONTACT) is None:
        return
    contact = form.contact
    text = item.text if item is not None else ""
    known = contact.telephone or contact.email or re.search(r"@|\d(?:[ .-]?\d){7,}", text)
    if known or not (contact.name or contact.address or text.strip()):
        return
    number, place = case.place(Role.CONTACT)
    yield Finding(
        "contact_incomplete",
        "Địa chỉ liên hệ chưa có điện thoại và thư điện tử.",
        item_rule(case.asking(Role.CONTACT)),
        "Ghi thêm số điện thoại hoặc thư điện tử để cơ quan nhận phiếu liên hệ.",
        number,
        place,
        Severity.WARNING,
    )


def _is_asked(case: Case, role: Role) -> bool:
    """Tell whether the form asks for it and has the item; one that is missing is `item_missing` and no more."""
    return case.is_form and case.asking(role) is not None and case.filled(role) is not None
