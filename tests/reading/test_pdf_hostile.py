"""PDFs that nobody should send: no pages, thousands of them, a million objects on one."""

import time

import pytest
from reportlab.pdfgen.canvas import Canvas

from matcher.errors import ReadError
from matcher.reading import Limits, read_document
from matcher.records import Status


def raw_pdf(path, content, extra=()):
    """Write a PDF of one page that draws `content`."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *extra,
    ]
    data = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, 1))
    path.write_bytes(data + b"trailer<</Size %d/Root 1 0 R>>\n%%%%EOF" % (len(objects) + 1))
    return path


def test_no_pages_at_all(tmp_path):
    data = (
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
    )
    (tmp_path / "a.pdf").write_bytes(data + b"trailer<</Size 3/Root 1 0 R>>\n%%EOF")
    with pytest.raises(ReadError) as caught:
        read_document(tmp_path / "a.pdf")
    assert caught.value.cure


def test_two_thousand_pages_are_read_up_to_the_limit(tmp_path):
    canvas = Canvas(str(tmp_path / "a.pdf"))
    for number in range(2_000):
        canvas.drawString(70, 700, f"body of page {number + 1}")
        canvas.showPage()
    canvas.save()
    begun = time.monotonic()
    document = read_document(tmp_path / "a.pdf")
    assert time.monotonic() - begun < 30
    assert (document.pages, document.status) == (2_000, Status.PARTIAL)
    assert document.problems[0].code == "page_limit"
    assert len(document.lines) == Limits().max_pages


def test_time_for_a_pdf_is_bounded(tmp_path):
    canvas = Canvas(str(tmp_path / "a.pdf"))
    for _ in range(3):
        canvas.drawString(70, 700, "body")
        canvas.showPage()
    canvas.save()
    with pytest.raises(ReadError):
        read_document(tmp_path / "a.pdf", limits=Limits(max_pdf_seconds=-1.0))


@pytest.mark.parametrize("kind", ["path", "text", "object"])
def test_a_million_objects(tmp_path, kind):
    count, extra, content = 1_000_000, (), b"BT /F1 12 Tf 70 700 Td (one line of text) Tj ET "
    if kind == "path":
        content += b"".join(b"%d %d 1 1 re f\n" % (index % 500, index % 700) for index in range(count))
    elif kind == "text":
        content += b"BT /F1 1 Tf 7 1 Td " + b"(a) Tj\n" * count + b"ET"
    else:
        extra = (b"<<>>",) * count
    begun = time.monotonic()
    document = read_document(raw_pdf(tmp_path / "a.pdf", content, extra))
    assert time.monotonic() - begun < 60
    assert document.text.startswith("one line of text")
    assert document.status is (Status.PARTIAL if kind == "text" else Status.OK)
