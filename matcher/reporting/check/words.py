"""The words of the self-check: plain Vietnamese for a proposer who has never seen the program."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

TITLE = "KẾT QUẢ TỰ KIỂM TRA PHIẾU ĐỀ XUẤT"
ANNOUNCEMENT = "Theo thông báo: {name}"
DEADLINE = "hạn nhận: {day}"
FILE = "Tệp"
NO_TITLE = "(không tìm thấy tên nhiệm vụ)"

OUTCOMES: Mapping[str, str] = MappingProxyType(
    {"ready": "CÓ THỂ GỬI", "look": "NÊN XEM LẠI TRƯỚC KHI GỬI", "mend": "CHƯA NÊN GỬI"}
)
FITS: Mapping[str, str] = MappingProxyType(
    {
        "aligned": "phù hợp định hướng {id}",
        "uncertain": "chưa chắc thuộc định hướng nào",
        "outside": "nằm ngoài các định hướng của thông báo",
        "invalid": "văn bản không giống một đề xuất nhiệm vụ",
    }
)
LIKELY = "rất giống {n} nhiệm vụ đã có"
NEAR = "có {n} nhiệm vụ gần giống cần xem"
NOT_NEAR = "không thấy nhiệm vụ nào trùng"
NOT_COMPARED = "CHƯA so được với nhiệm vụ nào đã có"
ERRORS = "phiếu có {n} lỗi phải sửa"
WARNINGS = "phiếu có {n} điểm nên xem lại"
NO_ERRORS = "phiếu không có lỗi"
NOT_A_FORM = "văn bản chưa theo mẫu phiếu"

READ = "Máy đọc được từ phiếu"
ORGANISATION, MONTHS, BUDGET, PAGES, SENT = "tổ chức", "thời gian", "kinh phí", "số trang", "ngày gửi"
MONTHS_VALUE = "{n} tháng"
READ_HINT = "Nếu máy đọc sai, hãy xem lại cách ghi trong phiếu."
PARTLY = "CHÚ Ý: chỉ đọc được một phần tệp, nên kết quả dưới đây có thể thiếu."

FIT, REGISTER, FORM = (
    "1. ĐỀ XUẤT HỢP VỚI ĐỊNH HƯỚNG NÀO?",
    "2. CÓ GIỐNG NHIỆM VỤ NÀO ĐÃ LÀM KHÔNG?",
    "3. PHIẾU CÓ ĐÚNG QUY ĐỊNH KHÔNG?",
)
STATES: Mapping[str, str] = MappingProxyType(
    {
        "aligned": "Có. Ba định hướng gần nhất trong thông báo, gần nhất đứng đầu:",
        "uncertain": (
            "Chưa chắc. Nội dung có điểm gần với các định hướng dưới đây nhưng chưa rõ. Hãy đọc kỹ từng định hướng; "
            "nếu đúng ý, viết tên và mục tiêu sát với định hướng hơn."
        ),
        "outside": "Chưa thấy định hướng nào bao quát đề xuất. Các định hướng gần nhất:",
        "invalid": "Không xét được, vì văn bản không giống một đề xuất nhiệm vụ khoa học và công nghệ.",
    }
)
EXCEPTION = "Thông báo cho phép ngoại lệ: «{text}»"
URGENCY = "Phiếu có nêu tính cấp thiết; nên nói rõ vì sao phải làm ngay và chưa thể chờ."
NO_URGENCY = "Phiếu chưa thấy nêu tính cấp thiết: cần giải trình rõ ở mục lý do đề xuất."
ORIENTATION = "Định hướng {id}: {sure} ({percent})"
#: How sure, from which probability.
SURE: tuple[tuple[float, str], ...] = (
    (0.85, "rất có khả năng phù hợp"),
    (0.60, "nhiều khả năng phù hợp"),
    (0.35, "có thể phù hợp"),
    (0.10, "ít khả năng phù hợp"),
    (0.00, "hầu như không phù hợp"),
)
PLAN, NO_PLAN = "Kế hoạch làm căn cứ", "thông báo không nêu"
UNCOVERED = "Đề xuất chưa nói đến"
UNCOVERED_HINT = "Không bắt buộc bao quát mọi ý của định hướng; chỉ bổ sung ý nào thật sự sẽ làm."

COMPARED = "Đã so với {names}."
COMPARED_WITH = "{name} ({tasks} nhiệm vụ)"
LOST = "{n} dòng của danh mục không đọc được nên CHƯA so"
NO_REGISTER = "CHƯA so với danh mục nào. Không được coi là không trùng."
NO_NEAR = "Không thấy nhiệm vụ nào có nội dung trùng trong phạm vi này."
NOT_SEARCHED = "Không tra cứu được vì không đọc ra nội dung đề xuất."
TASK = "{id}: {kind} ({percent}), {verdict}"
VERDICT_LIKELY, VERDICT_LOOK = "nghi trùng", "cần xem"
ELSEWHERE = "Cùng cách làm nhưng khác đối tượng (không phải trùng, có thể tham khảo)"
ADVICE_LIKELY = (
    "Việc nên làm: tìm đọc nhiệm vụ này. Nếu là giai đoạn tiếp theo, ghi rõ kết quả giai đoạn trước và phần còn phải "
    "làm; nếu không, đổi nội dung hoặc nêu rõ điểm khác."
)
ADVICE_LOOK = "Việc nên làm: đọc nhiệm vụ này và nêu rõ trong phiếu điểm khác của đề xuất."
YEAR, STATUS = "năm", "tình trạng"

COMPLETE, MISSING = "Đủ {n} mục của mẫu phiếu.", "Thiếu mục: {names}."
NO_FAULTS = "Không thấy lỗi nào."
NO_FORM = (
    "Không thấy các mục của mẫu phiếu trong văn bản này, nên CHƯA kiểm tra được từng mục. Hãy điền vào mẫu phiếu gồm "
    "{n} mục kèm theo thông báo."
)
SEVERITIES: Mapping[str, str] = MappingProxyType({"error": "PHẢI SỬA", "warning": "NÊN XEM", "info": "ĐỂ BIẾT"})
CURE, RULE = "Cách sửa", "Quy định"

CONTACT = "Địa chỉ liên hệ đọc được"
NOTHING_KEPT = "Máy không giữ lại nội dung bản thảo. Kết quả chỉ để tham khảo; quyết định là của hội đồng."
