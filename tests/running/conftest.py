"""What the tests of runs share."""

from pathlib import Path

import pytest


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Five proposals and, at the end, a copy of the first."""
    rows = [
        "A1,Xây dựng mô hình nhân giống và trồng cây mắc ca theo chuỗi giá trị tại huyện Bình Gia",
        "A2,Ứng dụng chế phẩm vi sinh xử lý rác thải hữu cơ tại hộ gia đình xã Mai Pha",
        "A3,Nghiên cứu giải pháp phòng ngừa tội phạm mua bán người qua biên giới",
        "A4,NGHIÊN CỨU ỨNG DỤNG KỸ THUẬT CAN THIỆP MẠCH VÀNH TẠI BỆNH VIỆN ĐA KHOA TỈNH",
        "A5,Đại hội thể thao chào mừng ngày thành lập ngành",
        "A6,Xây dựng mô hình nhân giống và trồng cây mắc ca theo chuỗi giá trị tại huyện Bình Gia",
    ]
    path = tmp_path / "đề xuất.csv"
    path.write_text("mã số,tên nhiệm vụ\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path
