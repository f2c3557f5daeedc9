import shutil
import subprocess
from pathlib import Path

import docx
import pytest

from matcher.errors import OutputError
from matcher.records import FilledForm
from matcher.reporting import check_pages, write_pages, write_reports

from . import samples


def long_report():
    """Assessments with more to say than a page holds."""
    words = "chọn lọc và nhân giống cây hồi có năng suất cao, xây dựng mô hình thâm canh " * 12
    given = samples.assessments()
    sections = {"title": words, "objective": words, "results": words, "organisation": words}
    first = given[0]
    faults = tuple(dict(first.form.problems[0]) | {"message": words, "item": n} for n in range(1, 9))
    proposal = samples.replace(first.proposal, sections=sections, form=FilledForm(months=24, budget_vnd=1_200_000_000))
    flag = samples.replace(first.flag, reasons=(words,) * 4)
    match = samples.replace(first.matches[0], uncovered=(words,) * 5)
    form = samples.replace(first.form, problems=faults)
    full = samples.replace(
        first, proposal=proposal, flag=flag, matches=(match, *first.matches[1:]), form=form,
        duplicates=first.duplicates * 4,
    )  # fmt: skip
    return samples.report([full, *given[1:]])


def words_of(path):
    return "\n".join(cell.text for table in docx.Document(str(path)).tables for row in table.rows for cell in row.cells)


def test_one_document_of_all(tmp_path):
    assert write_pages(long_report(), tmp_path / "phieu.docx") == 6
    text = words_of(tmp_path / "phieu.docx")
    for words in (
        "SỞ KH&CN TỈNH VÍ DỤ",
        "24 tháng; 1.200 triệu đồng",
        "… và 5 điểm khác.",
        "☐ Đề nghị thực hiện",
        "Không đọc được",
    ):
        assert words in text
    assert (tmp_path / "phieu.docx.manifest.json").is_file()


def test_a_folder_has_a_file_for_each(tmp_path):
    assert write_pages(samples.report(), tmp_path / "phieu") == 6
    names = sorted(path.name for path in (tmp_path / "phieu").iterdir())
    assert names == [f"00{n}-P{n}.docx" for n in range(1, 7)]
    assert "P2 – bản chỉnh sửa, 93%, nghi trùng" in words_of(tmp_path / "phieu" / names[0])


def test_where_pages_cannot_go(tmp_path):
    with pytest.raises(OutputError, match="docx"):
        check_pages(tmp_path / "phieu.pdf")
    with pytest.raises(OutputError, match="proposals"):
        check_pages(tmp_path / "a" / "phieu", [tmp_path])
    check_pages(tmp_path / "phieu", [tmp_path / "de-xuat.csv"])


def pdf_pages(path: Path) -> int:
    folder = path.parent
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(folder), str(path)], check=True, capture_output=True, timeout=120)
    import pypdfium2

    document = pypdfium2.PdfDocument(path.with_suffix(".pdf"))
    try:
        return len(document)
    finally:
        document.close()


@pytest.mark.office
def test_libreoffice_opens_them_and_a_proposal_takes_one_page(tmp_path):
    assert shutil.which("soffice"), "LibreOffice is asked for"
    write_pages(long_report(), tmp_path / "phieu.docx")
    assert pdf_pages(tmp_path / "phieu.docx") == 6


@pytest.mark.office
def test_libreoffice_opens_the_summary_table_and_begins_it_on_the_first_page(tmp_path):
    write_reports(samples.report(), [tmp_path / "bang.docx"])
    assert pdf_pages(tmp_path / "bang.docx") <= 5
    shown = subprocess.run(["pdftotext", "-l", "1", str(tmp_path / "bang.pdf"), "-"], capture_output=True, check=True)
    first = shown.stdout.decode()
    assert "STT" in first
    assert "nhân giống cây hồi" in " ".join(first.split())
