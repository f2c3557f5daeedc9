"""The words of the search report: an official paper, in Vietnamese."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from matcher.reporting.paper import COUNTRY, DOTS, MOTTO  # noqa: F401  (for the template)
from matcher.reporting.search.record import Weight

TITLE = "KẾT QUẢ TRA CỨU"
SUBTITLE = "nhiệm vụ khoa học và công nghệ đã và đang thực hiện"
SEARCHED_ON = "Ngày tra cứu: {day}"

SCOPE, SUMMARY, DETAILS, REMARKS = (
    "I. PHẠM VI VÀ CÁCH TRA CỨU",
    "II. KẾT QUẢ CHUNG",
    "III. CHI TIẾT TỪNG ĐỀ XUẤT",
    "IV. Ý KIẾN CỦA CÁN BỘ TRA CỨU",
)
NO_VERDICT = (
    "Kết quả này chỉ nêu các nhiệm vụ gần nhất và lý do để hội đồng xem xét khả năng không trùng lặp; không phải là "
    "kết luận trùng hay không trùng. Nhiệm vụ nối tiếp có nêu kết quả giai đoạn trước và phần còn lại thì không phải "
    "là trùng lặp."
)

NOTHING = "Không tìm thấy nhiệm vụ trùng lặp trong phạm vi tra cứu."
NOT_READ = "CHƯA ĐƯỢC TRA CỨU: không đọc được đề xuất{why}. Không được coi là không trùng lặp."
PARTLY_READ = "Đề xuất chỉ đọc được một phần: phần không đọc được chưa được tra cứu."
EMPTY_SCOPE = (
    "CHƯA CÓ PHẠM VI TRA CỨU: không có danh mục nhiệm vụ nào và không có đề xuất nào khác trong đợt để so. "
    "Không được coi là không trùng lặp."
)
FOUND = "Cần hội đồng xem xét: {counts}."
INFORMED = "Để tham khảo (không phải trùng lặp): {n} nhiệm vụ hoặc đề xuất cùng phương pháp, khác đối tượng."
COUNTED: Mapping[Weight, str] = MappingProxyType(
    {
        Weight.LIKELY: "{n} nghi trùng",
        Weight.LOOK: "{n} cần xem",
        Weight.COPIED: "{n} có đoạn văn giống nhau",
    }
)
VERDICTS: Mapping[Weight, str] = MappingProxyType(
    {
        Weight.LIKELY: "nghi trùng lặp",
        Weight.LOOK: "cần xem",
        Weight.COPIED: "có đoạn văn giống nhau",
        Weight.INFORMATION: "để tham khảo, không phải trùng lặp",
    }
)

NO_REGISTER = "CHÚ Ý: chưa so với danh mục nhiệm vụ đã và đang thực hiện nào; chỉ so các đề xuất trong đợt với nhau."
REGISTER = "{name}: {tasks} nhiệm vụ"
REGISTER_YEARS = "năm {first}–{last}"
REGISTER_YEAR = "năm {first}"
REGISTER_NO_YEARS = "không ghi năm"
REGISTER_UPDATED = "dữ liệu lưu ngày {day}"
REGISTER_LOST = "CHƯA so được hết ({n} chỗ không đọc được): {messages}"
IN_BATCH = "Các đề xuất trong đợt được so với nhau: {n} đề xuất."
ONE_IN_BATCH = "Trong đợt chỉ có một đề xuất."
UNREAD_PROPOSALS = "CHÚ Ý: {n} đề xuất không đọc được nên CHƯA được tra cứu."
RULE_PAIRS = (
    "Nêu các cặp có xác suất cùng một công việc từ {low} trở lên; từ {high} trở lên ghi là nghi trùng lặp, dưới mức "
    "đó và các cặp giao thoa ghi là cần xem. Phần nào được so và làm tăng (+) hay giảm (−) xác suất nêu ở mục lý do "
    "của từng cặp."
)
RULE_PASSAGES = (
    "Đoạn văn giống nhau: từ {least} tiếng trở lên theo cùng thứ tự, ở bất kỳ mục nào trừ tên; không kể chữ hoa, dấu "
    "câu, cách đặt dấu thanh; cho phép khác tối đa {gap} tiếng giữa hai đoạn từ {run} tiếng trở lên."
)
RULE_KNOWN = "Lời của thông báo «{name}» và của mẫu phiếu không tính là chép."
RULE_CONTACTS = "Số điện thoại và thư điện tử trong các văn bản được che (•)."
MODEL = "Chương trình phiên bản {program}; mô hình {model}, mã {fingerprint}."

COLUMNS = ("STT", "Mã số", "Tên đề xuất", "Kết quả tra cứu")
PROPOSAL = "Đề xuất {id}"
TASK = "Nhiệm vụ {id}"
IN_REGISTER = "{title} ({register})"
IN_THIS_BATCH = "{title} (trong đợt này)"
ORGANISATION, PLACE, YEAR, STATUS = "Tổ chức", "Địa bàn", "Năm", "Tình trạng"
KIND, PROBABILITY, REASONS = "Kiểu giống nhau", "Xác suất cùng một công việc", "Lý do"
ONLY_PASSAGES = "không thuộc kiểu nào; chỉ có đoạn văn giống nhau"
SHOWN_SECTIONS: Mapping[str, str] = MappingProxyType({"title": "Tên", "objective": "Mục tiêu", "content": "Nội dung"})
MARKS = "Gạch chân: chỉ có ở đề xuất. Gạch ngang: chỉ có ở phía bên kia."
NO_MARKS = "{names}: hai bên khác lời gần như toàn bộ nên không đánh dấu từng chữ."
MISSING_THERE = "Phía bên kia không ghi: {names}; không đối chiếu được phần này."
MISSING_HERE = "Đề xuất không ghi: {names}; không đối chiếu được phần này."
PASSAGES = "Đoạn văn giống nhau"
PASSAGE = "{words} tiếng: {here} của đề xuất (tiếng thứ {first}–{last}) và {there} của {other} (tiếng thứ {from_}–{to})"
MORE_PASSAGES = "… và {n} đoạn khác."
MORE_FINDINGS = "Còn {n} nhiệm vụ hoặc đề xuất khác, không in chi tiết:"
INFORMATION = "Cùng phương pháp, khác đối tượng hoặc địa bàn (tham khảo, không phải trùng lặp):"
MORE_INFORMATION = "… và {n} nhiệm vụ hoặc đề xuất khác."
CUT = "… (đã cắt bớt)"
NO_DETAILS = "Không có đề xuất nào cần in chi tiết."
NO_PROPOSALS = "Không có đề xuất nào để tra cứu."
NO_TITLE = "(không có tên)"

PLACE_AND_DAY = "……………, ngày …… tháng …… năm ………"
SIGNATURES = (("NGƯỜI TRA CỨU", "(Ký, ghi rõ họ tên)"), ("LÃNH ĐẠO ĐƠN VỊ", "(Ký, ghi rõ họ tên, đóng dấu)"))
