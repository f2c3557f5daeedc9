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
_NAMED_FIELD = re.compile(
    r"(?:(?:các |thuộc |trong |đối với |về )?lĩnh vực|nhóm (?:lĩnh vực|nhiệm vụ|nội dung))\b"
    r"|(?:chương trình|nhóm|chủ đề)\s(?:số\s|thứ\s)?(?:\d{1,2}|[IVX]{1,4})\s?(?:[:.–-]\s|$)",
    _I,
)

_PARTS = (
    r"(?:định hướng|nội dung|vấn đề|lĩnh vực|nhiệm vụ|hướng(?! dẫn)|mục(?! (?:tiêu|đích))|chương trình|nhóm|chủ đề"
    r"|danh mục)"
)
_THESE = r"(?:phạm vi )?(?:những |các |một trong )*"
#: «… nêu trên», without which «ngoài các chương trình» may speak of anything.
_REFERS = r"(?:(?<=định hướng)|(?=[^.;]{0,80}?\b(?:trên|này|nêu|tại|khác|ưu tiên|thông báo|công bố)\b))"
_TAKEN = r"(?:xem xét|đề xuất|(?:chấp |tiếp )?nhận)"
#: The clause by which proposals outside the orientations are allowed, or shut out.
_OTHERS = re.compile(
    rf"ngoài (?:ra,? )?{_THESE}{_PARTS}\b{_REFERS}.*(?:{_TAKEN}|đăng ký)"
    r"|(?:có thể|được) đề xuất (?:các |những |thêm )?(?:nhiệm vụ|vấn đề|nội dung|định hướng|đề tài|dự án)[^.]*"
    r"(?:khác|ngoài|không thuộc)"
    rf"|(?:chỉ|có thể|vẫn|sẽ) (?:được )?{_TAKEN} {_THESE}(?:đề xuất|nhiệm vụ|đề tài)[^.]*"
    rf"(?:ngoài|không thuộc|không nằm trong) {_THESE}{_PARTS}\b"
    rf"|không (?:thuộc|nằm trong|có trong) {_THESE}{_PARTS}\b[^.]*(?:chỉ|có thể|vẫn|sẽ|được) (?:được )?{_TAKEN}"
    rf"|(?:đề xuất|nhiệm vụ|đề tài) khác (?:chỉ|có thể|vẫn|sẽ) (?:được )?{_TAKEN}",
    _I | re.DOTALL,
)
_SHUT_OUT = re.compile(r"không (?:được )?(?:xem xét|(?:chấp |tiếp )?nhận)\b", _I)
_UNLESS = re.compile(r"\b(?:chỉ|trừ)\b", _I)
_LONGEST_CLAUSE = 120
_NOTICE = re.compile(r"(?:\*+\s*)?(?:lưu ý|chú ý|ghi chú)\b", re.IGNORECASE)
_OUTSIDE = re.compile(
    rf"Ngoài (?:ra\b|{_THESE}{_PARTS}\b)"
    r"|(?:Các |Những |Mọi |Với |Đối với |Riêng )*(?:[Đđ]ề xuất|[Nn]hiệm vụ|[Đđ]ề tài) (?:nằm )?"
    r"(?:ngoài|không thuộc|không nằm trong|khác (?:chỉ|có thể|vẫn|sẽ))\b"
)
_CLOSING = re.compile(
    r"(?:(?:Thời (?:gian|hạn)|Hạn (?:cuối|nộp)|Hồ sơ|Nơi (?:nhận|nộp|gửi)|Địa chỉ|Điện thoại"
    r"|Đầu mối|Đăng ký (?:trực tuyến|qua|tại|trước)|Mọi (?:thông tin|chi tiết|ý kiến|vướng mắc)"
    r"|Đề nghị (?:các|quý|Quý)|Phiếu đề xuất|Các đề xuất|Đề xuất (?:xin )?gửi|Kính (?:mong|đề nghị)"
    r"|Trân trọng|Trên đây là|Rất mong"
    r"|Thông tin (?:chi tiết|liên hệ)|Căn cứ (?:các )?định hướng)\b"
    r"|(?:Sở|Bộ) [^.;:]{3,60}?(?:đề nghị|trân trọng|thông báo|rất mong|kính)\b)"
)
#: What ends a lead-in to the announcement's body.
LEAD = re.compile(r"(?:như sau|sau đây|dưới đây)\s*[:.]?$|\b(?:sau|thông báo)\s*:$", re.IGNORECASE)
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


def speaks_of_others(text: str) -> bool:
    """Say whether a paragraph says what becomes of proposals outside the orientations."""
    return len(text.split()) < _LONGEST_CLAUSE and bool(_OTHERS.search(text))


def is_exception(text: str) -> bool:
    """Say whether a paragraph allows proposals outside the orientations.

    Examples
    --------
    >>> is_exception("Đề xuất không thuộc các nhóm trên chỉ được tiếp nhận khi cấp bách.")
    True
    >>> is_exception("Đề xuất không thuộc các nhóm trên sẽ không được xem xét.")
    False
    """
    return speaks_of_others(text) and not (_SHUT_OUT.search(text) and not _UNLESS.search(text))


def opens_notice(text: str) -> bool:
    """Say whether a line opens a note to the reader or the clause on other proposals."""
    return bool(_NOTICE.match(text) or _OUTSIDE.match(text))


def closes_list(text: str) -> bool:
    """Say whether a line without a mark belongs to what follows the list of orientations."""
    return bool(_CLOSING.match(text) or SIGNATURE.match(text))


def is_upper(text: str) -> bool:
    """Say whether a line is set in capitals throughout."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 3 and all(letter.isupper() for letter in letters)


def is_finished(text: str) -> bool:
    """Say whether a line ends as a sentence, a clause or a lead-in ends."""
    return MARK.sub("", text).rstrip(' "”»)').endswith((".", ";", ":", "!", "?", "…"))
