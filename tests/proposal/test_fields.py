"""Fields of a form: money, time, dates, contact, products; by hand and by property."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.proposal.amounts import read_budget
from matcher.proposal.contact import read_contact
from matcher.proposal.dates import read_date, read_date_line
from matcher.proposal.durations import read_months
from matcher.proposal.hints import without_hints
from matcher.proposal.numerals import read_figures, read_words
from matcher.proposal.products import read_products
from matcher.proposal.reasons import split_reasons
from matcher.records import Contact, FilledForm
from matcher.text import strip_diacritics

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def below_hundred(number):
    tens, ones = divmod(number, 10)
    if not tens:
        return DIGITS[ones]
    last = {0: "", 1: " mốt" if tens > 1 else " một", 5: " lăm"}.get(ones, f" {DIGITS[ones]}")
    return ("mười" if tens == 1 else f"{DIGITS[tens]} mươi") + last.replace("mốt", "một")


def below_thousand(number):
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return below_hundred(rest)
    joint = " linh " if 0 < rest < 10 else " "
    return f"{DIGITS[hundreds]} trăm{joint}{below_hundred(rest)}" if rest else f"{DIGITS[hundreds]} trăm"


def in_words(number):
    parts = []
    for size, name in ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn")):
        if number >= size:
            parts.append(f"{below_thousand(number // size)} {name}")
            number %= size
    return " ".join([*parts, below_thousand(number)] if number or not parts else parts)


@given(st.integers(min_value=1, max_value=999))
def test_millions_in_every_writing(millions):
    value = millions * 1_000_000
    dotted = f"{value:,}".replace(",", ".")
    for text in (
        f"{millions} triệu đồng",
        f"{millions} Triệu",
        f"{millions}tr",
        f"{dotted} đồng",
        f"{dotted}đ",
        f"{value:,} VNĐ",
        f"{dotted.replace('.', ' ')} đồng",
        str(value),
        f"{millions}.000 nghìn đồng",
        f"{in_words(value)} đồng",
        f"khoảng {millions} triệu đồng ({in_words(value)} đồng)",
    ):
        assert read_budget(text) == value, text


@given(st.integers(min_value=1, max_value=99), st.integers(min_value=1, max_value=999))
def test_billions_with_decimals_or_millions(billions, millions):
    value = billions * 10**9 + millions * 10**6
    assert read_budget(f"{billions} tỷ {millions} triệu đồng") == value
    assert read_budget(f"{billions},{millions:03d} tỷ đồng") == value
    assert read_budget(f"{billions}.{millions:03d} triệu đồng") == value
    assert read_budget(f"{in_words(value)} đồng") == value


@given(st.integers(min_value=10, max_value=900), st.integers(min_value=10, max_value=900))
def test_total_of_sources(state, own):
    total = (state + own) * 10**6
    assert read_budget(f"Ngân sách nhà nước {state} triệu đồng; vốn đối ứng {own} triệu đồng") == total
    assert (
        read_budget(f"Tổng: {state + own} triệu đồng, trong đó ngân sách {state} triệu, đối ứng {own} triệu") == total
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.200 triệu đồng", 1_200_000_000),
        ("1,2 tỷ", 1_200_000_000),
        ("1.250.000.000 đồng", 1_250_000_000),
        ("khoảng 1,5 tỷ đồng (một tỷ năm trăm triệu)", 1_500_000_000),
        ("800tr", 800_000_000),
        ("một tỷ rưỡi", 1_500_000_000),
        ("từ 800 đến 1.000 triệu đồng", 1_000_000_000),
        ("1,0 - 1,2 tỉ đồng", 1_200_000_000),
        ("(ĐVT: triệu đồng) Tổng: 1.200", 1_200_000_000),
        ("Năm 2025: 600 triệu đồng; năm 2026: 700 triệu. Tổng cộng 1.300 triệu đồng", 1_300_000_000),
        ("500 triệu đồng/năm, tổng 1 tỷ đồng", 1_000_000_000),
        ("NSNN: 900 triệu đồng (75%); đối ứng của doanh nghiệp: 300 triệu đồng (25%)", 1_200_000_000),
        ("theo Quyết định 2591/QĐ-UBND, 1.100 triệu đồng", 1_100_000_000),
        ("700 trieu dong", 700_000_000),
        ("theo quy định hiện hành", None),
        ("theo Thông tư số 03/2023/TT-BTC ngày 10/01/2023", None),
        ("", None),
    ],
)
def test_budgets(text, value):
    assert read_budget(text) == value


@given(st.integers(min_value=1, max_value=60))
def test_months_in_every_writing(months):
    for text in (f"{months} tháng", f"{months:02d} tháng kể từ khi ký", f"{in_words(months)} tháng", f"{months}tháng"):
        assert read_months(text) == months, text


@given(st.integers(min_value=1, max_value=5), st.integers(min_value=1, max_value=12))
def test_spans_count_both_ends(years, month):
    end = 2024 + years
    assert read_months(f"{years} năm") == 12 * years
    assert read_months(f"{in_words(years)} năm") == 12 * years
    assert read_months(f"từ tháng 01/2025 đến tháng {month}/{end}") == 12 * (years - 1) + month
    assert read_months(f"từ tháng 1 năm 2025 đến tháng {month:02d} năm {end}") == 12 * (years - 1) + month
    if years > 1:
        assert read_months(f"giai đoạn 2025 - {end}") == 12 * years


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("24 tháng (từ 01/2025 đến 12/2026)", 24),
        ("18 - 24 tháng", 24),
        ("một năm rưỡi", 18),
        ("1,5 năm", 18),
        ("2 năm 6 tháng", 30),
        ("02 năm (24 tháng)", 24),
        ("30 (ba mươi) tháng", 30),
        ("từ quý I/2025 đến quý IV/2026", 24),
        ("từ tháng 6 đến tháng 12 năm 2025", 7),
        ("Bắt đầu tháng 3/2025, kết thúc tháng 2/2027", 24),
        ("từ 01/01/2025 đến 31/12/2026", 24),
        ("Giai đoạn 1: 12 tháng; giai đoạn 2: 6 tháng", 18),
        ("36 tháng, kể từ tháng 01 năm 2025", 36),
        ("24 thang", 24),
        ("ngày 10 tháng 5 năm 2024", None),
        ("năm 2025", None),
        ("theo tiến độ chung", None),
    ],
)
def test_durations(text, months):
    assert read_months(text) == months


@given(st.integers(min_value=0, max_value=999_999_999_999))
def test_figures_and_words_come_back(number):
    assert read_figures(f"{number:,}".replace(",", ".")) == number
    assert read_figures(f"{number:,}") == number
    if number:
        assert read_words(strip_diacritics(in_words(number)).split()) == number


@given(st.text(max_size=80))
def test_any_text_is_read_without_error(text):
    read_budget(text)
    read_months(text)
    read_date(text)
    read_contact(text)
    read_products(text)
    split_reasons(text)


@given(st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2099, 12, 31)))
def test_dates_in_every_writing(day):
    for text in (
        f"Lạng Sơn, ngày {day.day} tháng {day.month} năm {day.year}",
        f"Lạng Sơn, ngày {day.day:02d}/{day.month:02d}/{day.year}",
        f"{day.day}/{day.month}/{day.year}",
        f"Số: 12/CV | Bắc Sơn, ngày {day.day:02d} tháng {day.month:02d} năm {day.year}",
    ):
        assert read_date_line(text) == day, text


@pytest.mark.parametrize(
    "text",
    [
        "Lạng Sơn, ngày …. tháng ... năm ...",
        "Lạng Sơn, ngày     tháng 5 năm 2024",
        "Bắc Sơn, ngày 31 tháng 2 năm 2024",
        "Căn cứ Kế hoạch số 53/KH-UBND ngày 03/3/2023 của UBND tỉnh",
        "(Ban hành kèm theo Thông báo số 5/TB ngày 05/3/2024 của Sở)",
    ],
)
def test_no_date_line(text):
    assert read_date_line(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "- Tên tổ chức: Hợp tác xã Mẫu\n- Điện thoại: 0900 000 001\n- Địa chỉ: xã Ví Dụ, huyện Mẫu\n- Thư điện tử: a@example.vn",
        "Hợp tác xã Mẫu, xã Ví Dụ, huyện Mẫu. ĐT: 0900 000 001; email: a@example.vn",
        "Hợp tác xã Mẫu; địa chỉ: xã Ví Dụ, huyện Mẫu; điện thoại 0900 000 001; E-mail a@example.vn",
        "Tên tổ chức | Hợp tác xã Mẫu\nSố điện thoại | 0900 000 001\nEmail | a@example.vn\nĐịa chỉ | xã Ví Dụ, huyện Mẫu",
    ],
)
def test_contacts(text):
    assert read_contact(text) == Contact("Hợp tác xã Mẫu", "0900 000 001", "a@example.vn", "xã Ví Dụ, huyện Mẫu")


def test_contact_is_not_shown_by_accident():
    assert "0900" not in repr(FilledForm(contact=read_contact("HTX Mẫu, 0900 000 001")))


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("- 01 quy trình kỹ thuật; 20 lồng nuôi", [(1, "quy trình"), (20, "lồng nuôi")]),
        ("Mô hình trồng 10 ha, năng suất tăng 15%", [(10, "ha")]),
        ("4.1. 1.200 cây giống sạch bệnh\n4.2. Báo cáo tổng kết", [(1200, "cây giống"), (None, "")]),
        ("Nâng cao nhận thức của người dân", [(None, "")]),
        ("", []),
    ],
)
def test_products(text, measures):
    assert [(each.amount, each.unit) for each in read_products(text)] == measures


@pytest.mark.parametrize(
    ("text", "grounds", "urgency"),
    [
        ("- Căn cứ đề xuất: KH 53.\n- Tính cấp thiết: Dân nghèo.", "KH 53.", "Dân nghèo."),
        ("a) Căn cứ:\nKH 53.\nb) Sự cần thiết phải thực hiện nhiệm vụ:\nDân nghèo.", "KH 53.", "Dân nghèo."),
        ("Căn cứ đề xuất: KH 53. Tính cấp thiết: Dân nghèo.", "KH 53.", "Dân nghèo."),
        (
            "Căn cứ Kế hoạch 53/KH-UBND của tỉnh. Dân còn nghèo, thiếu giống.",
            "Căn cứ Kế hoạch 53/KH-UBND của tỉnh.",
            "Dân còn nghèo, thiếu giống.",
        ),
        ("Tính cấp thiết: Dân nghèo.", "", "Dân nghèo."),
        ("Căn cứ:\nCăn cứ pháp lý: Luật A.\nTính cấp thiết:\nB.", "Căn cứ pháp lý: Luật A.", "B."),
        ("", "", ""),
    ],
)
def test_halves_of_the_reasons(text, grounds, urgency):
    assert split_reasons(text) == (grounds, urgency)


def test_hints_go_and_own_words_stay():
    hint = "- Căn cứ đề xuất (giải trình căn cứ theo quy định tại Điều 3 của Quyết định 47/2018/QĐ-UBND của tỉnh)."
    left = "- Căn cứ đề xuất (giải trình căn cứ theo quy định tại Điều 3 của Quyết định 47/2018/QĐ-UBND của tỉnh).\nKế hoạch 53."
    assert without_hints(left, hint) == ("- Căn cứ đề xuất\nKế hoạch 53.", True)
    own = "Căn cứ Điều 3 của Quyết định 47/2018/QĐ-UBND của tỉnh, hợp tác xã đề xuất."
    assert without_hints(own, hint) == (own, False)
    assert without_hints("(Ghi ngắn gọn)\nNuôi ong", "") == ("Nuôi ong", False)
    assert without_hints("(Ghi ngắn gọn)", "") == ("", True)
