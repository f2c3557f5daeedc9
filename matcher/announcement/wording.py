"""The phrases by which announcements name their parts: what a heading, a lead-in or a closing line says."""

from __future__ import annotations

import re
from enum import StrEnum

from matcher.announcement.rows import MARK


class Topic(StrEnum):
    """What a heading of an announcement is about."""

    REQUIREMENTS = "requirements"
    ORIENTATIONS = "orientations"
    DOSSIER = "dossier"
    FORM = "form"
    OTHER = "other"


_I = re.IGNORECASE
_TOPICS = (
    (Topic.ORIENTATIONS, re.compile(
        r"định hướng|(?:nội dung|lĩnh vực|hướng|chủ đề|vấn đề|nhiệm vụ)\s(?:nghiên cứu\s"
        r"|khoa học[^.;]*\s)?(?:trọng tâm|trọng điểm|ưu tiên)"
        r"|(?:các|những)?\s?(?:hướng|nội dung|vấn đề) (?:nghiên cứu|đặt hàng|cần nghiên cứu|đề xuất)"
        r"|lĩnh vực (?:đề xuất|đặt hàng|nghiên cứu)"
        r"|ưu tiên (?:nghiên cứu|đặt hàng|đề xuất)", _I)),
    (Topic.REQUIREMENTS, re.compile(
        r"^(?:các |một số )?(?:yêu cầu|nguyên tắc|điều kiện|tiêu chí)|yêu cầu (?:chung|đối với)", _I)),
    (Topic.DOSSIER, re.compile(
        r"thời gian|thời hạn|hồ sơ|nơi nhận|nơi nộp|địa chỉ|liên hệ|cách thức|phương thức|trình tự"
        r"|thủ tục|tổ chức thực hiện"
        r"|kinh phí|quy trình|gửi phiếu|tiếp nhận|biểu mẫu|mẫu phiếu|phiếu đề xuất|nơi gửi|lưu ý", _I)),
    (Topic.FORM, re.compile(r"phiếu đề xuất|mẫu phiếu|biểu mẫu", _I)),
)  # fmt: skip

#: How an orientation opens: the work that is asked for.
ACTION = re.compile(
    r"(?:nghiên cứu|ứng dụng|xây dựng|phát triển|đánh giá|hoàn thiện|đề xuất|bảo tồn|chuyển giao"
    r"|thực hiện|triển khai|tiếp tục"
    r"|đổi mới|điều tra|khai thác|tuyển chọn|chọn tạo|chọn|thử nghiệm|khảo nghiệm|sản xuất|chế tạo"
    r"|thiết kế|phục tráng|tiếp nhận"
    r"|nâng cao|tăng cường|khảo sát|làm chủ|cải tạo|cải tiến|hỗ trợ|giải pháp|tổng kết|đẩy mạnh"
    r"|hình thành|quản lý|ưu tiên|khuyến khích"
    r"|bảo vệ|xử lý|tạo|lai tạo|nhân giống|quy hoạch|số hóa|số hoá|phân tích|dự báo|các giải pháp"
    r"|mô hình|luận cứ|cơ sở)\b",
    _I,
)
#: How a field of research is named.
FIELD = re.compile(
    r"(?:(?:các |thuộc |trong |đối với |về )?(?:lĩnh vực|nhóm|chuyên ngành|ngành)\b|về\s|đối với\s"
    r"|khoa học\b|kỹ thuật\b"
    r"|(?:một số |các )?(?:nội dung|vấn đề|lĩnh vực) khác)",
    _I,
)
_NAMED_FIELD = re.compile(r"(?:(?:các |thuộc |trong |đối với |về )?lĩnh vực|nhóm (?:lĩnh vực|nhiệm vụ|nội dung))\b", _I)

#: The clause by which proposals outside the orientations are allowed.
EXCEPTION = re.compile(
    r"ngoài (?:ra,? )?(?:những |các )?(?:định hướng|nội dung|vấn đề|lĩnh vực|nhiệm vụ|hướng"
    r"|mục)\b.*(?:đề xuất|xem xét|chấp nhận|đăng ký)"
    r"|(?:có thể|được) đề xuất (?:các |những |thêm )?(?:nhiệm vụ|vấn đề|nội dung|định hướng)[^.]*"
    r"(?:khác|ngoài|không thuộc)"
    r"|không thuộc (?:các |những |một trong )*(?:định hướng|nội dung|vấn đề|lĩnh vực|nhiệm vụ|hướng|mục)\b[^.]*"
    r"(?:chỉ|có thể|vẫn|sẽ) (?:được )?(?:xem xét|chấp nhận|đề xuất)",
    _I | re.DOTALL,
)
_NOTICE = re.compile(r"(?:\*+\s*)?(?:lưu ý|chú ý|ghi chú)\b", re.IGNORECASE)
_OUTSIDE = re.compile(r"Ngoài (?:ra\b|(?:những |các )?(?:định hướng|nội dung|vấn đề|lĩnh vực|nhiệm vụ|hướng)\b)")
_CLOSING = re.compile(
    r"(?:(?:Thời (?:gian|hạn)|Hạn (?:cuối|nộp)|Hồ sơ|Nơi (?:nhận|nộp|gửi)|Địa chỉ|Điện thoại"
    r"|Mọi (?:thông tin|chi tiết|ý kiến|vướng mắc)"
    r"|Đề nghị (?:các|quý|Quý)|Phiếu đề xuất|Các đề xuất|Đề xuất (?:xin )?gửi|Kính (?:mong|đề nghị)"
    r"|Trân trọng|Trên đây là|Rất mong"
    r"|Thông tin (?:chi tiết|liên hệ)|Căn cứ (?:các )?định hướng)\b"
    r"|(?:Sở|Bộ) [^.;:]{3,60}?(?:đề nghị|trân trọng|thông báo|rất mong|kính)\b)"
)
#: What ends a lead-in to the announcement's body.
LEAD = re.compile(r"(?:như sau|sau đây|dưới đây)\s*[:.]?$|\bsau\s*:$", re.IGNORECASE)
SIGNATURE = re.compile(
    r"(?:Nơi nhận\s*:?\s*(?:$|\||[-–]|[A-ZĐÀ-Ỹ. ]{5,}$)"
    r"|(?:(?:KT|TM|TL|TUQ|Q)\.\s*)?(?:PHÓ )?(?:GIÁM ĐỐC|BỘ TRƯỞNG|THỨ TRƯỞNG|CHỦ TỊCH|CỤC TRƯỞNG"
    r"|VỤ TRƯỞNG|VIỆN TRƯỞNG|HIỆU TRƯỞNG|TỔNG CỤC TRƯỞNG)\b"
    r"|(?:KT|TM|TL|TUQ)\.\s*[A-ZĐÀ-Ỹ ]{5,})"
)
FORM_TITLE = re.compile(
    r"(?:MẪU|Mẫu|BIỂU MẪU|Biểu mẫu)?\s*(?:số\s*\S+\s*[.:-]?\s*)?(?:PHIẾU|BẢN) (?:ĐỀ XUẤT|ĐĂNG KÝ)\b"
    r"|MẪU (?:PHIẾU|ĐỀ XUẤT)"
)
ANNEX_TITLE = re.compile(
    r"(?:PHỤ LỤC|Phụ lục)\s*(?:[IVX]+|\d+)?\s*[.:]?$|PHỤ LỤC\b(?=[^a-zà-ỹ]*$)|Mẫu (?:số )?[A-Z\d][\w.-]*\s*$"
)


def topic_of(heading: str) -> Topic:
    """Return what a heading is about; `OTHER` where it says none of the known things."""
    for topic, pattern in _TOPICS:
        if pattern.search(heading):
            return topic
    return Topic.OTHER


def names_field(text: str) -> bool:
    """Say whether a line calls itself a field («Lĩnh vực …»)."""
    return bool(_NAMED_FIELD.match(text))


def opens_notice(text: str) -> bool:
    """Say whether a line opens a note to the reader or the clause on other proposals."""
    return bool(_NOTICE.match(text) or _OUTSIDE.match(text))


def closes_list(text: str) -> bool:
    """Say whether a line without a mark belongs to what follows the list of orientations."""
    return bool(_CLOSING.match(text) or SIGNATURE.match(text))


def is_upper(text: str) -> bool:
    """Say whether a line is set in capitals throughout."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 4 and all(letter.isupper() for letter in letters)


def is_finished(text: str) -> bool:
    """Say whether a line ends as a sentence, a clause or a lead-in ends."""
    return MARK.sub("", text).rstrip(' "”»)').endswith((".", ";", ":", "!", "?", "…"))
