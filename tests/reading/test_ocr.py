"""Scans and pictures: what is recognised, how surely, and what is said where nothing can be."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from rapidfuzz.distance import Levenshtein

from matcher.errors import ReadError
from matcher.reading import Limits, read_document
from matcher.reading.ocr import skew
from matcher.records import LineKind, Status
from tests.reading.pdf_files import FORM, lines_down, ruled, scan_to_pdf, scanned, write

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def form(tmp_path_factory):
    return write(tmp_path_factory.mktemp("scan") / "form.pdf", lines_down(FORM))


def error_rate(text, expected):
    text, expected = " ".join(text.split()), " ".join(expected.split())
    return Levenshtein.distance(text, expected) / len(expected)


@pytest.mark.ocr
@pytest.mark.parametrize(("angle", "noise"), [(0, 0), (1.5, 20), (-4, 0), (90, 0)])
def test_scans_are_read_however_they_lie(tmp_path, form, angle, noise):
    document = read_document(scan_to_pdf(tmp_path / "a.pdf", scanned(form, angle=angle, noise=noise)))
    assert error_rate(document.text, "\n".join(FORM)) < 0.02
    assert (document.pages, document.status) == (1, Status.OK)
    assert [problem.code for problem in document.problems if problem.code != "low_confidence"] == ["recognised"]
    assert all(0.5 < line.confidence < 1 for line in document.lines)


@pytest.mark.ocr
def test_pages_with_text_are_not_recognised(tmp_path, form):
    import pypdfium2

    scan = scan_to_pdf(tmp_path / "scan.pdf", scanned(form))
    with pypdfium2.PdfDocument.new() as both:
        for part in (form, scan):
            with pypdfium2.PdfDocument(part) as source:
                both.import_pages(source)
        both.save(tmp_path / "a.pdf")
    document = read_document(tmp_path / "a.pdf")
    confidence = {page: [line.confidence for line in document.lines if line.page == page] for page in (1, 2)}
    assert set(confidence[1]) == {1.0}
    assert max(confidence[2]) < 1
    assert ("recognised", "trang 2") in [(problem.code, problem.where) for problem in document.problems]


@pytest.mark.ocr
def test_tables_of_scans_are_rows_of_cells(tmp_path):
    page = [(75, 740, "Nội dung"), (405, 740, "Triệu đồng"), (75, 700, "Khảo sát hiện trạng"), (405, 700, "120")]
    path = write(tmp_path / "a.pdf", page, rules=ruled((70, 400, 520), (760, 725, 690)))
    scanned(path)[0].save(tmp_path / "a.png")
    document = read_document(tmp_path / "a.png")
    assert [(line.kind, document.line_text(line)) for line in document.lines] == [
        (LineKind.TABLE, "Nội dung | Triệu đồng"),
        (LineKind.TABLE, "Khảo sát hiện trạng | 120"),
    ]


@pytest.mark.ocr
@pytest.mark.parametrize("suffix", ["png", "jpg", "jpeg"])
def test_pictures_are_documents(tmp_path, form, suffix):
    scanned(form, dpi=150)[0].save(tmp_path / f"a.{suffix}")
    document = read_document(tmp_path / f"a.{suffix}")
    assert document.media == "picture"
    assert error_rate(document.text, "\n".join(FORM)) < 0.02


@pytest.mark.ocr
def test_pictures_of_several_pages(tmp_path, form):
    first, second = scanned(form)[0], scanned(write(tmp_path / "b.pdf", lines_down(["Trang thứ hai của phiếu"])))[0]
    first.convert("1").save(tmp_path / "a.tif", save_all=True, append_images=[second.convert("1")])
    document = read_document(tmp_path / "a.tif")
    assert document.pages == 2
    assert [document.line_text(line) for line in document.lines if line.page == 2] == ["Trang thứ hai của phiếu"]
    cut = read_document(tmp_path / "a.tif", limits=Limits(max_scanned_pages=1))
    assert (cut.status, cut.problems[0].code) == (Status.PARTIAL, "page_limit")


@pytest.mark.ocr
def test_transparent_paper_is_white(tmp_path, form):
    grey = scanned(form)[0]
    ink = Image.new("RGBA", grey.size, (0, 0, 0, 0))
    ink.putalpha(grey.point(lambda shade: 255 - shade))
    ink.save(tmp_path / "a.png")
    assert error_rate(read_document(tmp_path / "a.png").text, "\n".join(FORM)) < 0.02


@pytest.mark.ocr
def test_doubtful_lines_are_named_by_page(tmp_path, form):
    image = scanned(form, dpi=300)[0]
    small = image.resize((image.width // 8, image.height // 8)).resize(image.size)
    scan_to_pdf(tmp_path / "a.pdf", [image, small])
    problems = [problem for problem in read_document(tmp_path / "a.pdf").problems if problem.code == "low_confidence"]
    assert [problem.where.split(",")[0] for problem in problems] == ["trang 2"]
    assert "nhận dạng chữ chưa chắc" in problems[0].message


@pytest.mark.ocr
def test_empty_back_pages_are_no_loss(tmp_path, form):
    image = scanned(form)[0]
    document = read_document(scan_to_pdf(tmp_path / "a.pdf", [image, Image.new("L", image.size, 250)]))
    assert (document.pages, document.status) == (2, Status.OK)


@pytest.mark.ocr
def test_a_text_layer_without_a_meaning_is_recognised_instead(tmp_path):
    from reportlab.pdfgen.canvas import Canvas

    picture = tmp_path / "form.png"
    scanned(write(tmp_path / "form.pdf", lines_down(FORM)))[0].save(picture)
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(595, 842))
    canvas.drawImage(str(picture), 0, 0, 595, 842)
    text = canvas.beginText(70, 780)
    text.setTextRenderMode(3)
    for _ in range(8):
        text.textLine("PHlEU DE XUAT OAT HANG NHlEM VU Nghlen cuu quy trlnh")
    canvas.drawText(text)
    canvas.save()
    document = read_document(tmp_path / "a.pdf")
    assert error_rate(document.text, "\n".join(FORM)) < 0.02


@pytest.mark.ocr
def test_time_and_pages_of_recognition_are_bounded(tmp_path, form):
    path = scan_to_pdf(tmp_path / "a.pdf", scanned(form) * 3)
    document = read_document(path, limits=Limits(max_scanned_pages=1))
    assert document.status is Status.PARTIAL
    assert ("page_without_text", "trang 2, 3") in [(problem.code, problem.where) for problem in document.problems]
    with pytest.raises(ReadError, match="quá"):
        read_document(path, limits=Limits(max_ocr_page_seconds=0.05))


def test_without_tesseract_scans_fail_and_say_what_to_install(tmp_path, form):
    import pypdfium2

    scan = scan_to_pdf(tmp_path / "scan.pdf", scanned(form, dpi=100))
    with pypdfium2.PdfDocument.new() as both:
        for part in (form, scan):
            with pypdfium2.PdfDocument(part) as source:
                both.import_pages(source)
        both.save(tmp_path / "both.pdf")
    program = (
        "import sys; from pathlib import Path; from matcher.errors import ReadError; from matcher.reading import *\n"
        "try: read_document(Path(sys.argv[1]))\n"
        "except ReadError as err: print(err)\n"
        "found = read_document(Path(sys.argv[2])); print(found.status, found.problems[0].message)\n"
    )
    environment = {**os.environ, "PATH": str(tmp_path), "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program, str(scan), str(tmp_path / "both.pdf")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=True)
    failed, partial = done.stdout.splitlines()
    assert "tesseract-ocr tesseract-ocr-vie" in failed
    assert "tesseract-ocr-vie" in partial
    assert partial.startswith("partial")


def test_skew_is_measured(form):
    assert skew(scanned(form, angle=2.5)[0]) == pytest.approx(2.5, abs=0.2)
    assert skew(Image.new("L", (400, 300), 255)) == 0


# ------------------------------------------------------------------------------------------------ hostile


@pytest.mark.ocr
def test_picture_of_900_million_pixels_is_not_decoded(tmp_path):
    import struct
    import zlib

    head = b"IHDR" + struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + chunk + b"\x00\x00\x00\x00IDAT")
    with pytest.raises(ReadError, match="quá lớn"):
        read_document(tmp_path / "a.png")


@pytest.mark.ocr
def test_picture_of_900_million_pixels_in_a_pdf_is_not_drawn(tmp_path):
    stream = b"\x00" * 64
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
        b"<</Length 25>>stream\n595 0 0 842 0 0 cm /I Do  \nendstream",
        b"<</Type/XObject/Subtype/Image/Width 30000/Height 30000/BitsPerComponent 8/ColorSpace/DeviceRGB/Length 64>>"
        b"stream\n" + stream + b"\nendstream",
    ]
    data = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, 1))
    (tmp_path / "a.pdf").write_bytes(data + b"trailer<</Size 6/Root 1 0 R>>\n%%EOF")
    with pytest.raises(ReadError, match="quá lớn"):
        read_document(tmp_path / "a.pdf")


@pytest.mark.ocr
@pytest.mark.parametrize("suffix", ["png", "jpg", "tif"])
def test_truncated_pictures_say_so(tmp_path, form, suffix):
    path = tmp_path / f"a.{suffix}"
    scanned(form, dpi=100)[0].save(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    with pytest.raises(ReadError, match="hỏng hoặc bị cắt cụt"):
        read_document(path)


@pytest.mark.ocr
@pytest.mark.parametrize("data", [b"II*\x00", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"])
def test_pictures_of_which_only_the_signature_is_left_say_so(tmp_path, data):
    path = tmp_path / "a.tif"
    path.write_bytes(data)
    with pytest.raises(ReadError):
        read_document(path)
