"""Writes the synthetic Word files of this folder anew; the PDF is printed from one of them:

python make_docx.py && soffice --headless --convert-to pdf 13-chu-thich-word.docx
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document
from docx.oxml.ns import qn

HERE = Path(__file__).parent
STAMP = (2025, 1, 1, 0, 0, 0)


def with_table() -> None:
    """A table of plans, bullets of Word's own, headings as headings, the letterhead in a table."""
    document = Document()
    head = document.add_table(rows=1, cols=2)
    head.rows[0].cells[0].text = "UBND TỈNH L\nSỞ KHOA HỌC VÀ CÔNG NGHỆ\nSố: 214/TB-SKHCN"
    head.rows[0].cells[
        1
    ].text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nTỉnh L, ngày 11 tháng 11 năm 2024"
    document.add_paragraph("THÔNG BÁO")
    document.add_paragraph("Định hướng đề xuất nhiệm vụ khoa học và công nghệ cấp tỉnh năm 2026")
    document.add_paragraph("Căn cứ các chương trình, kế hoạch của tỉnh nêu trong bảng dưới đây:")
    rows = [
        ("STT", "Số, ký hiệu", "Ngày ban hành", "Cơ quan ban hành", "Trích yếu"),
        ("1", "Kế hoạch số 301/KH-UBND", "05/9/2024", "UBND tỉnh L", "Về phát triển cây công nghiệp dài ngày"),
        ("2", "118/QĐ-UBND", "22/02/2024", "UBND tỉnh L", "Phê duyệt Đề án bảo tồn không gian văn hóa cồng chiêng"),
        ("3", "09-CTr/TU", "14/6/2024", "Tỉnh ủy", "Về chuyển đổi số đến năm 2030"),
    ]
    table = document.add_table(rows=len(rows), cols=5)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph("Sở Khoa học và Công nghệ tỉnh L thông báo định hướng như sau:")
    document.add_heading("Yêu cầu đối với đề xuất", level=1)
    document.add_paragraph("Giải quyết vấn đề cấp thiết của tỉnh.", style="List Bullet")
    document.add_paragraph("Nêu rõ đơn vị cam kết ứng dụng kết quả.", style="List Bullet")
    document.add_heading("Định hướng đề xuất", level=1)
    document.add_heading("Lĩnh vực nông nghiệp", level=2)
    for text in (
        "Nghiên cứu tái canh cà phê bền vững theo Kế hoạch số 301/KH-UBND ngày 05/9/2024.",
        "Hoàn thiện quy trình chế biến ca cao quy mô hợp tác xã; xây dựng nhãn hiệu tập thể.",
    ):
        document.add_paragraph(text, style="List Bullet")
    document.add_heading("Lĩnh vực văn hóa", level=2)
    document.add_paragraph(
        "Nghiên cứu truyền dạy nghệ thuật cồng chiêng trong trường học (118/QĐ-UBND).", style="List Bullet"
    )
    document.add_heading("Thời gian và nơi nhận", level=1)
    document.add_paragraph("Thời hạn: trước 17h ngày 31 tháng 12 năm 2024.", style="List Bullet")
    document.add_paragraph(
        "Nơi nhận hồ sơ: Phòng Quản lý chuyên ngành, Sở Khoa học và Công nghệ tỉnh L.", style="List Bullet"
    )
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Liberation Serif")
    document.save(HERE / "12-bang-ke-hoach.docx")


def with_orientations_in_a_table() -> None:
    """The orientations themselves in a table, with their plans in a column of their own."""
    document = Document()
    for text in (
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ TỈNH N",
        "Số: 9/TB-SKHCN",
        "Tỉnh N, ngày 06 tháng 3 năm 2025",
        "THÔNG BÁO",
        "Danh mục định hướng đặt hàng nhiệm vụ khoa học và công nghệ năm 2026",
        "Thực hiện Kế hoạch số 22/KH-UBND ngày 03/02/2025 của UBND tỉnh N về kinh tế số, "
        "Sở Khoa học và Công nghệ tỉnh N thông báo danh mục định hướng như sau:",
    ):
        document.add_paragraph(text)
    rows = [
        ("TT", "Định hướng", "Căn cứ"),
        ("I", "Lĩnh vực kinh tế số", ""),
        ("1", "Nghiên cứu mô hình chợ số cho nông sản chủ lực; đào tạo kỹ năng số cho nông hộ.", "22/KH-UBND"),
        ("2", "Xây dựng bản đồ số về hạ tầng thương mại nông thôn.", "Kế hoạch số 22/KH-UBND ngày 03/02/2025"),
        ("II", "Lĩnh vực môi trường", ""),
        (
            "3",
            "Đánh giá phát thải khí nhà kính từ sản xuất lúa và đề xuất giải pháp giảm thiểu.",
            "Kế hoạch số 40/KH-UBND ngày 03/3/2025",
        ),
    ]
    table = document.add_table(rows=len(rows), cols=3)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph("Thời hạn nhận đề xuất: trước ngày 15/4/2025.")
    document.save(HERE / "15-bang-dinh-huong.docx")


NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str, level: int | None = None, list_id: int = 1, center: bool = False) -> str:
    """A paragraph; «{3}» in its text is a reference to footnote 3, `level` puts it into an automatic list."""
    pieces = []
    for part in text.replace("{", "\0{").replace("}", "}\0").split("\0"):
        if part.startswith("{"):
            pieces.append(
                '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
                f'<w:footnoteReference w:id="{part[1:-1]}"/></w:r>'
            )
        elif part:
            pieces.append(run(part))
    listed = "" if level is None else f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    centered = '<w:jc w:val="center"/>' if center else ""
    return f"<w:p><w:pPr>{listed}{centered}</w:pPr>{''.join(pieces)}</w:p>"


def numbering() -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
        f'<w:pPr><w:ind w:left="{360 * (level + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
        for level, (kind, text) in enumerate(
            [("upperRoman", "%1."), ("decimal", "%2."), ("bullet", "-"), ("bullet", "+")]
        )
    )
    return (
        f'{DECLARATION}<w:numbering {NS}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>'
        f'{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def footnotes(bodies: list[str]) -> str:
    own = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        f"{run(' ' + body)}</w:p></w:footnote>"
        for number, body in enumerate(bodies, start=1)
    )
    fixed = (
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
    )
    return f"{DECLARATION}<w:footnotes {NS}>{fixed}{own}</w:footnotes>"


def with_footnotes() -> None:
    """Real footnotes, one automatic list of four levels, a running header with the page's number."""
    long = (
        "Nghiên cứu, đánh giá hiện trạng, nguyên nhân suy thoái đất canh tác trên đất dốc và đề xuất các giải pháp kỹ thuật "
        "tổng hợp nhằm phục hồi độ phì, hạn chế xói mòn, bảo đảm sinh kế cho người dân các xã vùng cao"
    )
    body = [
        paragraph("UBND TỈNH M"),
        paragraph("SỞ KHOA HỌC VÀ CÔNG NGHỆ"),
        paragraph("Số: 36/TB-SKHCN"),
        paragraph("Tỉnh M, ngày 25 tháng 4 năm 2025"),
        paragraph("THÔNG BÁO", center=True),
        paragraph("Định hướng đề xuất đặt hàng nhiệm vụ khoa học và công nghệ cấp tỉnh năm 2026", center=True),
        paragraph(
            "Thực hiện Kế hoạch số 48/KH-UBND ngày 19/02/2025 của UBND tỉnh M về việc sử dụng bền vững tài nguyên đất;"
        ),
        paragraph("Thực hiện Kế hoạch số 75/KH-UBND ngày 20/3/2025 của UBND tỉnh M về phát triển du lịch xanh;"),
        paragraph("Thực hiện Đề án số 02/ĐA-UBND ngày 06/01/2025 của UBND tỉnh M về y học cổ truyền;"),
        paragraph("Sở Khoa học và Công nghệ tỉnh M thông báo định hướng đề xuất nhiệm vụ như sau:"),
        paragraph("Yêu cầu chung", 0),
        paragraph("Đề xuất có tính cấp thiết, có tổ chức cam kết ứng dụng kết quả.", 2),
        paragraph("Không trùng lặp với nhiệm vụ đã và đang thực hiện.", 2),
        paragraph("Định hướng đề xuất", 0),
        paragraph("Lĩnh vực tài nguyên và môi trường", 1),
        paragraph(f"{long}{{1}}.", 2),
        paragraph("Ứng dụng viễn thám và trí tuệ nhân tạo trong giám sát biến động sử dụng đất, gồm:", 2),
        paragraph("xây dựng bộ dữ liệu ảnh mẫu cho các loại lớp phủ;", 3),
        paragraph("phát triển công cụ cảnh báo sớm cho cấp xã.", 3),
        *(
            paragraph(f"Nghiên cứu giải pháp {what} phù hợp với điều kiện của tỉnh, có sự tham gia của cộng đồng.", 2)
            for what in (
                "quản lý chất thải rắn nông thôn",
                "cấp nước sinh hoạt cho vùng khan hiếm nước",
                "phòng, chống cháy rừng trong mùa khô",
                "tái sử dụng nước thải sau xử lý cho nông nghiệp",
                "bảo vệ nguồn nước ngầm vùng núi đá",
            )
        ),
        paragraph("Lĩnh vực văn hóa, du lịch", 1),
        paragraph("Xây dựng mô hình du lịch xanh tại các bản có cảnh quan đặc sắc{2}.", 2),
        paragraph(
            f"{long.replace('đất canh tác trên đất dốc', 'cảnh quan các điểm du lịch').replace('độ phì, hạn chế xói mòn', 'cảnh quan, hạn chế rác thải')}.",
            2,
        ),
        paragraph("Lĩnh vực y dược", 1),
        paragraph(
            "Nghiên cứu chuẩn hóa các bài thuốc dân tộc có hiệu quả điều trị{3}; sản xuất thử thực phẩm bảo vệ sức khỏe.",
            2,
        ),
        paragraph("Đánh giá nhu cầu và xây dựng vùng trồng dược liệu đạt tiêu chuẩn.", 2),
        paragraph("Ngoài các định hướng trên, tổ chức, cá nhân có thể đề xuất nhiệm vụ khác khi thật sự cấp bách."),
        paragraph("Thời gian và hồ sơ", 0),
        paragraph("Thời hạn nhận đề xuất: đến hết ngày 30/6/2025.", 2),
        paragraph("Nơi nhận hồ sơ: Sở Khoa học và Công nghệ tỉnh M, số 3 đường Ba, phường Bốn.", 2),
        paragraph("Nơi nhận:"),
        paragraph("- Các sở, ban, ngành;"),
        paragraph("- Lưu: VT."),
        paragraph("PHIẾU ĐỀ XUẤT NHIỆM VỤ", center=True),
        *(
            paragraph(f"{number}. {text}")
            for number, text in enumerate(
                ["Tên nhiệm vụ:", "Tính cấp thiết:", "Mục tiêu:", "Nội dung:", "Sản phẩm:", "Địa chỉ ứng dụng:"],
                start=1,
            )
        ),
        paragraph("Phiếu đề xuất không quá 05 trang A4."),
    ]
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:pgSz w:w="11906" w:h="9000"/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )
    header = (
        f"{DECLARATION}<w:hdr {NS}><w:p>{run('Thông báo định hướng nhiệm vụ 2026 – trang ')}"
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:hdr>'
    )
    notes = footnotes(
        [
            "Kế hoạch số 48/KH-UBND ngày 19/02/2025 của UBND tỉnh M về việc sử dụng bền vững tài nguyên đất trên địa bàn các xã vùng cao giai đoạn 2025 - 2030",
            "Kế hoạch số 75/KH-UBND ngày 20/3/2025",
            "Đề án số 02/ĐA-UBND ngày 06/01/2025",
        ]
    )
    styles = (
        f'{DECLARATION}<w:styles {NS}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Liberation Serif" '
        'w:hAnsi="Liberation Serif" w:cs="Liberation Serif"/><w:sz w:val="26"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>'
    )
    kinds = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "header1": "header"}
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{part}.xml"/>'
        for number, (part, kind) in enumerate(kinds.items(), start=1)
    )
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{TYPE}.{kind}+xml"/>' for part, kind in kinds.items()
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'{DECLARATION}<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{TYPE}.document.main+xml"/>{overrides}</Types>',
        "_rels/.rels": f'{DECLARATION}<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{DECLARATION}<Relationships xmlns="{package}/relationships">{relations}</Relationships>',
        "word/document.xml": f"{DECLARATION}<w:document {NS}><w:body>{''.join(body)}{section}</w:body></w:document>",
        "word/styles.xml": styles,
        "word/numbering.xml": numbering(),
        "word/footnotes.xml": notes,
        "word/header1.xml": header,
    }
    with zipfile.ZipFile(HERE / "13-chu-thich-word.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, STAMP), content)


if __name__ == "__main__":
    with_table()
    with_orientations_in_a_table()
    with_footnotes()
