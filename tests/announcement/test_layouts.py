"""Announcements in layouts of many kinds (all synthetic), each with what a careful officer reads in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from matcher.announcement import read_announcement
from matcher.records import Announcement

Read = Callable[[str], Announcement]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_text(text: str) -> Announcement:
        path = tmp_path / "announcement.txt"
        path.write_text(text, encoding="utf-8")
        return read_announcement(path)

    return read_text


def bullets(found: Announcement) -> dict[str, list[str]]:
    """The bullets of each field, by its name."""
    return {field.name: [each.text for each in found.orientations if each.field == field.id] for field in found.fields}


def citations(found: Announcement) -> dict[str, list[tuple[str, str]]]:
    return {
        each.id: [(citation.plan, citation.basis.value) for citation in each.citations]
        for each in found.orientations
        if each.citations
    }


def test_numbered_to_three_levels_with_the_orientations_first(read: Read) -> None:
    found = read("""ỦY BAN NHÂN DÂN                       CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH SÔNG LAM                             Độc lập - Tự do - Hạnh phúc
SỞ KHOA HỌC VÀ CÔNG NGHỆ              ---------------------------------------
Số: 415/TB-SKHCN                        Sông Lam, ngày 12 tháng 02 năm 2025

                              THÔNG BÁO
        Về việc đề xuất đặt hàng nhiệm vụ khoa học và công nghệ cấp tỉnh
                          thực hiện từ năm 2026

      Căn cứ Luật Khoa học và Công nghệ ngày 18 tháng 6 năm 2013;
      Căn cứ Kế hoạch số 112/KH-UBND ngày 20/4/2023 của Ủy ban nhân dân tỉnh về phát
triển nông nghiệp hữu cơ giai đoạn 2023 - 2030;
      Sở Khoa học và Công nghệ thông báo tới các tổ chức, cá nhân đề xuất nhiệm vụ khoa
học và công nghệ cấp tỉnh như sau:

      1. Định hướng nghiên cứu
      1.1. Nông nghiệp và phát triển nông thôn
      a) Quy trình canh tác cam, bưởi theo hướng hữu cơ trên đất đồi (Kế hoạch số
112/KH-UBND ngày 20/4/2023);
      b) Cơ giới hóa khâu thu hoạch và sơ chế chè:
      - Máy hái chè mang vai cho nương dốc trên 15 độ;
      - Thiết bị héo chè dùng năng lượng mặt trời;
      c) Phục hồi rừng gỗ lớn bằng loài cây bản địa.
      1.2. Chuyển đổi số
      a) Cơ sở dữ liệu mở về đất đai, quy hoạch;
      b) Trợ lý ảo hỗ trợ người dân làm thủ tục hành chính bằng tiếng dân tộc.
      2. Yêu cầu đối với đề xuất
      a) Không trùng lặp với các nhiệm vụ đã và đang thực hiện;
      b) Thời gian thực hiện không quá 36 tháng.
      3. Hồ sơ đề xuất
      a) Phiếu đề xuất theo mẫu kèm theo (không quá 04 trang);
      b) Hồ sơ gửi về Sở Khoa học và Công nghệ tỉnh Sông Lam, số 12 đường Lê Lợi, thành phố
Sông Lam trước 17 giờ 00 ngày 31/3/2025.
      Trân trọng thông báo./.

Nơi nhận:                                         KT. GIÁM ĐỐC
- Các sở, ban, ngành;                             PHÓ GIÁM ĐỐC
""")
    assert found.issuer == "Sở Khoa học và Công nghệ tỉnh Sông Lam"
    assert found.title == "Đề xuất đặt hàng nhiệm vụ khoa học và công nghệ cấp tỉnh thực hiện từ năm 2026"
    assert bullets(found) == {
        "Nông nghiệp và phát triển nông thôn": [
            "Quy trình canh tác cam, bưởi theo hướng hữu cơ trên đất đồi (Kế hoạch số 112/KH-UBND ngày 20/4/2023);",
            "Cơ giới hóa khâu thu hoạch và sơ chế chè: Máy hái chè mang vai cho nương dốc trên 15 độ; "
            "Thiết bị héo chè dùng năng lượng mặt trời;",
            "Phục hồi rừng gỗ lớn bằng loài cây bản địa.",
        ],
        "Chuyển đổi số": [
            "Cơ sở dữ liệu mở về đất đai, quy hoạch;",
            "Trợ lý ảo hỗ trợ người dân làm thủ tục hành chính bằng tiếng dân tộc.",
        ],
    }
    assert citations(found) == {"1.1": [("112/KH-UBND", "inline")]}
    assert len(found.requirements) == 2
    assert found.deadline == date(2025, 3, 31)
    assert found.receiving_office.endswith("số 12 đường Lê Lợi, thành phố Sông Lam")
    assert found.form.max_pages == 4


def test_programmes_whose_bullets_end_without_punctuation(read: Read) -> None:
    found = read("""UBND TỈNH ĐỒNG TRẢNG
SỞ KHOA HỌC VÀ CÔNG NGHỆ
THÔNG BÁO
Định hướng các chương trình khoa học và công nghệ trọng điểm giai đoạn 2024 - 2028
Thực hiện Nghị quyết số 06-NQ/TU ngày 11/11/2021 của Tỉnh ủy về phát triển kinh tế số;
Thực hiện Kế hoạch số 91/KH-UBND ngày 02/3/2022 của UBND tỉnh về phát triển cây ăn trái chủ lực;
Sở Khoa học và Công nghệ tỉnh Đồng Trảng mời các tổ chức, cá nhân đề xuất nhiệm vụ theo các chương trình dưới đây:
Chương trình 1: Nông nghiệp thích ứng với xâm nhập mặn
- Giống lúa chịu mặn và canh tác tôm - lúa
- Dự báo mặn theo giờ trên các tuyến kênh cấp 1 [1]
- Cây ăn trái chủ lực:
+ Sầu riêng: xử lý ra hoa trái vụ
+ Mít, xoài: quản lý dịch hại tổng hợp [2]
- Nước ngọt cho vùng ven biển
Chương trình 2: Văn hóa, con người
- Giữ nghề đan lát của đồng bào Khmer

Đề xuất không thuộc các chương trình nêu trên chỉ được tiếp nhận khi có văn bản đặt hàng.

Thời hạn: trước ngày 30/5/2024.
Nơi nhận hồ sơ: Phòng Quản lý khoa học, 05 đường Hùng Vương.

[1] Nghị quyết số 06-NQ/TU ngày 11/11/2021 của Tỉnh ủy về phát triển kinh tế số.
[2] Kế hoạch số 91/KH-UBND ngày 02/3/2022 của UBND tỉnh về phát triển cây ăn trái chủ lực.
""")
    assert bullets(found) == {
        "Chương trình 1: Nông nghiệp thích ứng với xâm nhập mặn": [
            "Giống lúa chịu mặn và canh tác tôm - lúa",
            "Dự báo mặn theo giờ trên các tuyến kênh cấp 1",
            "Cây ăn trái chủ lực: Sầu riêng: xử lý ra hoa trái vụ; Mít, xoài: quản lý dịch hại tổng hợp",
            "Nước ngọt cho vùng ven biển",
        ],
        "Chương trình 2: Văn hóa, con người": ["Giữ nghề đan lát của đồng bào Khmer"],
    }
    assert citations(found) == {
        "1.2": [("06-NQ/TU", "explicit")],
        "1.3": [("91/KH-UBND", "explicit")],
        "1.4": [("91/KH-UBND", "inherited")],
    }
    assert found.exception.startswith("Đề xuất không thuộc các chương trình nêu trên")
    assert found.receiving_office == "Phòng Quản lý khoa học, 05 đường Hùng Vương"


TABLES = {
    "bars": """STT | Nội dung | Căn cứ
I | Lĩnh vực nông nghiệp |
1 | Nghiên cứu nhân giống sâm bản địa dưới tán rừng | Kế hoạch số 35/KH-UBND
2 | Thức ăn ủ chua cho trâu, bò trong mùa đông |
II | Lĩnh vực y tế |
3 | Phòng bệnh dại ở thôn bản |
""",
    "markdown": """| STT | Nội dung | Căn cứ |
|-----|----------|--------|
| I | Lĩnh vực nông nghiệp | |
| 1 | Nghiên cứu nhân giống sâm bản địa dưới tán rừng | Kế hoạch số 35/KH-UBND |
| 2 | Thức ăn ủ chua cho trâu, bò trong mùa đông | |
| II | Lĩnh vực y tế | |
| 3 | Phòng bệnh dại ở thôn bản | |
""",
    "tabs": """TT\tNội dung\tCăn cứ
I\tLĩnh vực nông nghiệp\t
1\tNghiên cứu nhân giống sâm bản địa dưới tán rừng\tKế hoạch số 35/KH-UBND
2\tThức ăn ủ chua cho trâu, bò trong mùa đông
II\tLĩnh vực y tế
3\tPhòng bệnh dại ở thôn bản
""",
    "columns": """STT    Nội dung                                          Căn cứ
I      Lĩnh vực nông nghiệp
1      Nghiên cứu nhân giống sâm bản địa                  Kế hoạch số 35/KH-UBND
       dưới tán rừng
2      Thức ăn ủ chua cho trâu, bò trong mùa đông
II     Lĩnh vực y tế
3      Phòng bệnh dại ở thôn bản
""",
}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("heading", ["", "I. YÊU CẦU\n- Có tính mới.\nII. DANH MỤC ĐỊNH HƯỚNG\n"])
def test_a_list_set_as_a_table_in_plain_text(read: Read, table: str, heading: str) -> None:
    found = read(
        "THÔNG BÁO\nVề việc đăng ký nhiệm vụ khoa học và công nghệ năm 2026\n"
        "Căn cứ Kế hoạch số 35/KH-UBND ngày 14/02/2025 của UBND tỉnh Núi Xanh về phát triển dược liệu, Sở Khoa học và "
        f"Công nghệ thông báo danh mục định hướng nghiên cứu như sau:\n\n{heading}{TABLES[table]}\n"
        "Hồ sơ gửi về Sở Khoa học và Công nghệ trước ngày 15/8/2025.\n"
    )
    assert bullets(found) == {
        "Lĩnh vực nông nghiệp": [
            "Nghiên cứu nhân giống sâm bản địa dưới tán rừng (Kế hoạch số 35/KH-UBND)",
            "Thức ăn ủ chua cho trâu, bò trong mùa đông",
        ],
        "Lĩnh vực y tế": ["Phòng bệnh dại ở thôn bản"],
    }
    assert citations(found) == {"1.1": [("35/KH-UBND", "inline")]}
    assert found.deadline == date(2025, 8, 15)
    for orientation in found.orientations:
        assert " ".join(orientation.text.split()[:6]) in " ".join(orientation.source.of(found.text).split())


def test_one_bullet_that_names_no_work(read: Read) -> None:
    found = read("""ĐẠI HỌC MIỀN BIỂN
PHÒNG QUẢN LÝ KHOA HỌC
Số: 22/TB-QLKH
THÔNG BÁO
V/v đăng ký đề tài khoa học và công nghệ cấp Đại học năm 2025

Kính gửi: - Các khoa trực thuộc;
          - Các viện nghiên cứu.

Thực hiện kế hoạch công tác năm học, Phòng Quản lý khoa học đề nghị các đơn vị đăng ký đề tài theo định hướng ưu tiên:

- Vật liệu nano xử lý nước thải nuôi tôm.

Hạn nộp: 17h00 ngày 20/12/2024 tại Phòng Quản lý khoa học (P.205, nhà A1).
""")
    assert found.issuer == "Phòng Quản lý khoa học"
    assert found.title == "Đăng ký đề tài khoa học và công nghệ cấp Đại học năm 2025"
    assert bullets(found) == {"": ["Vật liệu nano xử lý nước thải nuôi tôm."]}
    assert found.deadline == date(2024, 12, 20)
    assert found.receiving_office == "Phòng Quản lý khoa học (P.205, nhà A1)"


def test_a_letter_with_the_orientations_in_an_annex_after_the_signature(read: Read) -> None:
    found = read("""UBND THÀNH PHỐ BẾN CẢNG              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ KHOA HỌC VÀ CÔNG NGHỆ                  Độc lập - Tự do - Hạnh phúc
Số: 1203/SKHCN-QLKH                  Bến Cảng, ngày 22 tháng 7 năm 2025
V/v đề xuất nhiệm vụ KH&CN
cấp thành phố năm 2026

Kính gửi: - Các sở, ban, ngành;
          - Các trường đại học, viện nghiên cứu.

Để chuẩn bị xây dựng kế hoạch khoa học và công nghệ năm 2026, Sở Khoa học và Công nghệ đề nghị các
đơn vị đề xuất nhiệm vụ khoa học và công nghệ theo các định hướng tại Phụ lục kèm theo Công văn này.
Phiếu đề xuất gửi về Sở Khoa học và Công nghệ (qua Phòng Quản lý khoa học) trước ngày 31/8/2025 để
tổng hợp. Ngoài các định hướng tại Phụ lục, đơn vị có thể đề xuất nhiệm vụ khác nếu thật sự cấp thiết.
Trân trọng./.

Nơi nhận:                                   GIÁM ĐỐC
- Như trên;
- Lưu: VT.

PHỤ LỤC
ĐỊNH HƯỚNG ĐỀ XUẤT NHIỆM VỤ KHOA HỌC VÀ CÔNG NGHỆ NĂM 2026
(Kèm theo Công văn số 1203/SKHCN-QLKH ngày 22 tháng 7 năm 2025)

1. CÔNG NGHIỆP, LOGISTICS
- Cảng xanh: điện bờ cho tàu, đo kiểm phát thải (theo Quyết định số 876/QĐ-TTg ngày
22/7/2022 của Thủ tướng Chính phủ)
- Vận hành bãi container bằng thị giác máy tính
2. XÃ HỘI, NHÂN VĂN
- Lễ hội biển và ký ức đô thị cảng
- Nhà ở công nhân
""")
    assert found.title == "Đề xuất nhiệm vụ KH&CN cấp thành phố năm 2026"
    assert [len(each) for each in bullets(found).values()] == [2, 2]
    assert list(bullets(found)) == ["CÔNG NGHIỆP, LOGISTICS", "XÃ HỘI, NHÂN VĂN"]
    assert citations(found) == {"1.1": [("876/QĐ-TTg", "inline")]}
    assert found.deadline == date(2025, 8, 31)
    assert found.receiving_office == "Sở Khoa học và Công nghệ (qua Phòng Quản lý khoa học)"
    assert found.exception == (
        "Ngoài các định hướng tại Phụ lục, đơn vị có thể đề xuất nhiệm vụ khác nếu thật sự cấp thiết."
    )


def test_notes_in_round_brackets_at_the_end_of_bullets(read: Read) -> None:
    found = read("""UBND TỈNH CAO NGUYÊN
SỞ KHOA HỌC VÀ CÔNG NGHỆ

THÔNG BÁO
Định hướng đề xuất đặt hàng nhiệm vụ khoa học, công nghệ và đổi mới sáng tạo năm 2026

Sở Khoa học và Công nghệ tỉnh Cao Nguyên thông báo các định hướng ưu tiên năm 2026:

I. CÁC ĐỊNH HƯỚNG ƯU TIÊN
A. Khoa học nông nghiệp
1. Cà phê
- Tái canh cà phê bằng giống chín muộn, kháng rỉ sắt (1)
- Ủ phân từ vỏ cà phê quy mô hợp tác xã (1)
2. Cây công nghiệp khác
- Mắc ca: thụ phấn bổ sung, sấy và tách vỏ (2)
B. Khoa học xã hội
1. Văn hóa
- Sử thi và cồng chiêng trong trường phổ thông

II. THỜI GIAN, ĐỊA ĐIỂM NHẬN HỒ SƠ
Chậm nhất ngày 10 tháng 9 năm 2025, tại Bộ phận Một cửa Sở Khoa học và Công nghệ.

Ghi chú:
(1) Kế hoạch số 52/KH-UBND ngày 15/3/2024 của UBND tỉnh về tái canh cà phê.
(2) Quyết định số 344/QĐ-TTg ngày 15/3/2022 của Thủ tướng Chính phủ phê duyệt Đề án phát triển mắc ca.
""")
    assert found.title == ("Định hướng đề xuất đặt hàng nhiệm vụ khoa học, công nghệ và đổi mới sáng tạo năm 2026")
    assert bullets(found) == {
        "Khoa học nông nghiệp": [
            "Tái canh cà phê bằng giống chín muộn, kháng rỉ sắt",
            "Ủ phân từ vỏ cà phê quy mô hợp tác xã",
            "Mắc ca: thụ phấn bổ sung, sấy và tách vỏ",
        ],
        "Khoa học xã hội": ["Sử thi và cồng chiêng trong trường phổ thông"],
    }
    assert citations(found) == {
        "1.1": [("52/KH-UBND", "unresolved")],
        "1.2": [("52/KH-UBND", "unresolved")],
        "1.3": [("344/QĐ-TTg", "unresolved")],
    }
    assert found.receiving_office == "Bộ phận Một cửa Sở Khoa học và Công nghệ"


def test_dots_below_numbers_of_two_levels(read: Read) -> None:
    found = read("""BỘ CÔNG NGHIỆP SỐ
VỤ KHOA HỌC VÀ CÔNG NGHỆ

THÔNG BÁO
Tuyển chọn định hướng đề xuất nhiệm vụ khoa học và công nghệ cấp Bộ thực hiện từ năm 2027

Vụ Khoa học và Công nghệ trân trọng thông báo:

1. Mục đích
Lựa chọn các nhiệm vụ có khả năng ứng dụng cao.

2. Nội dung ưu tiên

2.1 Bán dẫn
•\tThiết kế vi mạch cảm biến công suất thấp
•\tĐóng gói và kiểm thử chip quy mô nhỏ

2.2 Hạ tầng số
•\tCáp quang biển: giám sát, cảnh báo sớm

3. Điều kiện tham gia
•\tTổ chức có tư cách pháp nhân

4. Thời hạn và nơi nhận đề xuất
Trước 30/6/2026, qua hộp thư khcn@bocns.example

Đầu mối liên hệ: Phòng Kế hoạch, Vụ Khoa học và Công nghệ.
""")
    assert found.title == "Tuyển chọn định hướng đề xuất nhiệm vụ khoa học và công nghệ cấp Bộ thực hiện từ năm 2027"
    assert bullets(found) == {
        "Bán dẫn": ["Thiết kế vi mạch cảm biến công suất thấp", "Đóng gói và kiểm thử chip quy mô nhỏ"],
        "Hạ tầng số": ["Cáp quang biển: giám sát, cảnh báo sớm"],
    }
    assert found.requirements == ("Tổ chức có tư cách pháp nhân",)
    assert found.receiving_office == "hộp thư khcn@bocns.example"


def test_fields_in_capitals_with_numbers_in_brackets(read: Read) -> None:
    found = read("""SỞ KHOA HỌC VÀ CÔNG NGHỆ TỈNH HẠ LƯU
THÔNG BÁO
ĐỊNH HƯỚNG NHIỆM VỤ KHOA HỌC VÀ CÔNG NGHỆ NĂM 2025

Sở Khoa học và Công nghệ tỉnh Hạ Lưu thông báo một số định hướng để các tổ chức, cá nhân đề xuất nhiệm vụ:

LĨNH VỰC NÔNG NGHIỆP
(1) Lúa - cá kết hợp ở vùng ngập lũ;
(2) Bao bì từ bẹ chuối, xơ dừa.
LĨNH VỰC XÃ HỘI
(1) Sinh kế mùa nước nổi của hộ nghèo theo Kế hoạch số 18/KH-UBND ngày 20/01/2024 của UBND tỉnh;
(2) Đưa đờn ca tài tử vào du lịch.

Các đề xuất gửi về Sở Khoa học và Công nghệ tỉnh Hạ Lưu, số 3 Nguyễn Huệ, trước 15/9/2024.
""")
    assert found.title == "ĐỊNH HƯỚNG NHIỆM VỤ KHOA HỌC VÀ CÔNG NGHỆ NĂM 2025"
    assert bullets(found) == {
        "LĨNH VỰC NÔNG NGHIỆP": ["Lúa - cá kết hợp ở vùng ngập lũ;", "Bao bì từ bẹ chuối, xơ dừa."],
        "LĨNH VỰC XÃ HỘI": [
            "Sinh kế mùa nước nổi của hộ nghèo theo Kế hoạch số 18/KH-UBND ngày 20/01/2024 của UBND tỉnh;",
            "Đưa đờn ca tài tử vào du lịch.",
        ],
    }
    assert found.receiving_office == "Sở Khoa học và Công nghệ tỉnh Hạ Lưu, số 3 Nguyễn Huệ"


HEAD = """SỞ KHOA HỌC VÀ CÔNG NGHỆ TỈNH TÂY SƠN
THÔNG BÁO
Định hướng đề xuất nhiệm vụ khoa học và công nghệ năm 2025

Thực hiện các kế hoạch của UBND tỉnh: Kế hoạch số 12/KH-UBND ngày 10/01/2023 về phát triển cây mía; Kế hoạch số
40/KH-UBND ngày 22/02/2024 về y tế cơ sở, Sở Khoa học và Công nghệ tỉnh Tây Sơn thông báo như sau:

"""


def test_a_plan_calling_for_work_among_its_other_sections(read: Read) -> None:
    found = read("""UBND TỈNH ĐÔNG HẢI                     CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ KHOA HỌC VÀ CÔNG NGHỆ                    Độc lập – Tự do – Hạnh phúc

Số: 88 /KH-SKHCN                       Đông Hải, ngày      tháng 3 năm 2025

KẾ HOẠCH
Định hướng và đặt hàng nhiệm vụ khoa học và công nghệ cấp tỉnh năm 2026

I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Đưa khoa học và công nghệ phục vụ các ngành kinh tế chủ lực của tỉnh
2. Yêu cầu
- Nhiệm vụ phải có địa chỉ ứng dụng cụ thể
- Kinh phí đối ứng từ 30% trở lên
II. NỘI DUNG ƯU TIÊN ĐẶT HÀNG
1. Kinh tế biển
- Rong biển: nuôi trồng, chế biến sâu và thị trường tín chỉ
các-bon
- Tàu cá vỏ thép cỡ nhỏ cho ngư trường
Hoàng Sa và bãi cạn ven bờ
2. Giáo dục
- Học bán trú ở xã đảo
III. TỔ CHỨC THỰC HIỆN
1. Sở Khoa học và Công nghệ
- Chủ trì, hướng dẫn đề xuất nhiệm vụ
2. Các sở, ngành
- Gửi đề xuất về Sở Khoa học và Công nghệ trước ngày 20/5/2025
""")
    assert found.title == "Định hướng và đặt hàng nhiệm vụ khoa học và công nghệ cấp tỉnh năm 2026"
    assert bullets(found) == {
        "Kinh tế biển": [
            "Rong biển: nuôi trồng, chế biến sâu và thị trường tín chỉ các-bon",
            "Tàu cá vỏ thép cỡ nhỏ cho ngư trường Hoàng Sa và bãi cạn ven bờ",
        ],
        "Giáo dục": ["Học bán trú ở xã đảo"],
    }
    assert len(found.requirements) == 2
    assert found.receiving_office == "Sở Khoa học và Công nghệ"


def test_bullets_numbered_on_over_groups_end_where_the_letter_closes(read: Read) -> None:
    found = read(f"""{HEAD}Nhóm 1. Lâm nghiệp và dược liệu
1. Trồng quế hữu cơ và chưng cất tinh dầu
2. Phòng cháy rừng bằng ảnh vệ tinh

Nhóm 2. Con người
3. Tảo hôn: nguyên nhân và can thiệp tại trường
4. Chữ Thái cổ: số hóa và truyền dạy

Ngoài các nhóm nhiệm vụ trên, Sở tiếp nhận đề xuất của các huyện nếu thật sự cần thiết.
Đề xuất gửi về Sở Khoa học và Công nghệ trước ngày 10/6/2024.
""")
    assert bullets(found) == {
        "Nhóm 1. Lâm nghiệp và dược liệu": [
            "Trồng quế hữu cơ và chưng cất tinh dầu",
            "Phòng cháy rừng bằng ảnh vệ tinh",
        ],
        "Nhóm 2. Con người": [
            "Tảo hôn: nguyên nhân và can thiệp tại trường",
            "Chữ Thái cổ: số hóa và truyền dạy",
        ],
    }
    assert found.exception.endswith("nếu thật sự cần thiết.")


def test_a_plan_named_in_a_field_s_heading_speaks_for_its_bullets(read: Read) -> None:
    found = read(f"""{HEAD}1. Lĩnh vực nông nghiệp (theo Kế hoạch số 12/KH-UBND ngày 10/01/2023)
- Giống mía chịu hạn cho vùng đất xám
- Cơ giới hóa trồng mía theo Kế hoạch số 40/KH-UBND
2. Các lĩnh vực khác
- Chuyển đổi số trong quản lý chợ
""")
    assert citations(found) == {
        "1.1": [("12/KH-UBND", "inherited")],
        "1.2": [("12/KH-UBND", "inherited"), ("40/KH-UBND", "inline")],
    }


def test_orientations_numbered_by_name(read: Read) -> None:
    found = read(f"""{HEAD}I. Lĩnh vực nông nghiệp

Định hướng 1: Giống mía chịu hạn cho vùng đất xám bạc màu và quy trình
canh tác tiết kiệm nước.

Định hướng 2: Cơ giới hóa trồng và thu hoạch mía.

II. Lĩnh vực y tế

Định hướng 3: Bệnh không lây nhiễm ở trạm y tế xã.

III. Thời hạn nhận đề xuất

Trước 16h30 ngày 15 tháng 4 năm 2025.
""")
    assert bullets(found) == {
        "Lĩnh vực nông nghiệp": [
            "Giống mía chịu hạn cho vùng đất xám bạc màu và quy trình canh tác tiết kiệm nước.",
            "Cơ giới hóa trồng và thu hoạch mía.",
        ],
        "Lĩnh vực y tế": ["Bệnh không lây nhiễm ở trạm y tế xã."],
    }
    assert found.deadline == date(2025, 4, 15)


@pytest.mark.parametrize(("part", "other"), [("A", "B"), ("I", "II"), ("II", "III")])
def test_numbers_that_carry_the_letter_of_their_part(read: Read, part: str, other: str) -> None:
    found = read(f"""{HEAD}PHẦN {part}: ĐỊNH HƯỚNG
{part}.1. Nông nghiệp
{part}.1.1. Giống mía chịu hạn cho vùng đất xám
{part}.1.2. Cơ giới hóa trồng và thu hoạch mía
{part}.2. Y tế
{part}.2.1. Bệnh không lây nhiễm ở trạm y tế xã
PHẦN {other}: YÊU CẦU
{other}.1. Có tính mới so với các nhiệm vụ đã thực hiện
{other}.2. Có đơn vị tiếp nhận kết quả
""")
    assert bullets(found) == {
        "Nông nghiệp": ["Giống mía chịu hạn cho vùng đất xám", "Cơ giới hóa trồng và thu hoạch mía"],
        "Y tế": ["Bệnh không lây nhiễm ở trạm y tế xã"],
    }
    assert len(found.requirements) == 2


def test_notes_glued_to_bullets_without_an_end_and_requirements_on_one_line(read: Read) -> None:
    found = read(f"""{HEAD}I. Định hướng
1. Trồng trọt
- Giống mía chịu hạn cho vùng đất xám[1]
- Phụ phẩm mía làm thức ăn cho bò[2],[1]
2. Y tế
- Trạm y tế xã và bệnh mạn tính [2].
- Dinh dưỡng học đường ở xã vùng sâu
3
[1] Kế hoạch số 12/KH-UBND ngày 10/01/2023 của UBND tỉnh về phát triển cây mía
[2] Kế hoạch số 40/KH-UBND ngày 22/02/2024 của UBND tỉnh về y tế cơ sở
II. Yêu cầu: Đề xuất phải rõ sản phẩm; có nơi ứng dụng.
""")
    assert citations(found) == {
        "1.1": [("12/KH-UBND", "explicit")],
        "1.2": [("40/KH-UBND", "explicit"), ("12/KH-UBND", "explicit")],
        "2.1": [("40/KH-UBND", "explicit")],
        "2.2": [("40/KH-UBND", "inherited")],
    }
    assert found.requirements == ("Đề xuất phải rõ sản phẩm", "có nơi ứng dụng.")


def test_closing_words_right_below_a_bullet_without_an_end(read: Read) -> None:
    found = read(f"""{HEAD}Hướng 1. Khoa học sự sống
- Vi khuẩn đất cố định đạm
- Kháng kháng sinh ở trang trại lợn
Hướng 2. Xã hội
- Di cư lao động sau đại dịch
Ngoài ra, nhà khoa học có thể đề xuất đề tài khác nếu có nguồn đối ứng.
Đăng ký trực tuyến trước ngày 01 tháng 11 năm 2025.
""")
    assert bullets(found) == {
        "Khoa học sự sống": ["Vi khuẩn đất cố định đạm", "Kháng kháng sinh ở trang trại lợn"],
        "Xã hội": ["Di cư lao động sau đại dịch"],
    }
    assert found.exception == "Ngoài ra, nhà khoa học có thể đề xuất đề tài khác nếu có nguồn đối ứng."
    assert found.deadline == date(2025, 11, 1)


def test_fields_with_their_bullet_on_the_same_line(read: Read) -> None:
    found = read(f"""{HEAD}1. Lĩnh vực nông nghiệp: Giống lúa chịu mặn; nuôi biển xa bờ; chế biến sâu dừa.
2. Lĩnh vực xã hội: Giữ nghề truyền thống; dạy và học tiếng dân tộc.

Thời gian nhận: đến 17h ngày 20/4/2025. Địa chỉ: Số 2 Lê Duẩn.
""")
    assert bullets(found) == {
        "Lĩnh vực nông nghiệp": ["Giống lúa chịu mặn; nuôi biển xa bờ; chế biến sâu dừa."],
        "Lĩnh vực xã hội": ["Giữ nghề truyền thống; dạy và học tiếng dân tộc."],
    }
    assert found.deadline == date(2025, 4, 20)
    assert found.receiving_office == "Số 2 Lê Duẩn"
