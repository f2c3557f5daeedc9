"""PDFs and pictures for tests: written by reportlab in a font with Vietnamese letters, scanned by rendering."""

import os
from functools import lru_cache
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

_FONTS = (
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
    "/Library/Fonts/Times New Roman.ttf",
    "C:/Windows/Fonts/times.ttf",
)

FORM = [
    "PHIẾU ĐỀ XUẤT ĐẶT HÀNG NHIỆM VỤ",
    "1. Tên nhiệm vụ: Nghiên cứu quy trình sấy hồng vành khuyên",
    "2. Tính cấp thiết: tổn thất sau thu hoạch lên tới 25% sản lượng,",
    "người trồng thiếu kỹ thuật bảo quản và phải bán ngay tại vườn.",
    "3. Mục tiêu: giảm tổn thất xuống dưới 10% cho 60 hộ dân.",
    "4. Nội dung chính: khảo sát hiện trạng; thử nghiệm ba mức nhiệt độ.",
    "5. Kinh phí dự kiến: 1.200 triệu đồng, thời gian 24 tháng.",
]


@lru_cache
def vietnamese_font():
    path = next((path for path in _FONTS if Path(path).is_file()), None)
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no font with Vietnamese letters: install fonts-liberation2")
        pytest.skip("no font with Vietnamese letters (fonts-liberation2) is installed")
    pdfmetrics.registerFont(TTFont("Vietnamese", path))
    return "Vietnamese"


def write(path, *pages, font=None, rules=()):
    """Write pages of `(x, y, text)` on A4, with rules `(x1, y1, x2, y2)` on the last."""
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=1)
    for number, page in enumerate(pages, 1):
        for x, y, text in page:
            canvas.setFont(font or vietnamese_font(), 13)
            canvas.drawString(x, y, text)
        for rule in rules if number == len(pages) else ():
            canvas.line(*rule)
        canvas.showPage()
    canvas.save()
    return path


def ruled(xs, ys):
    return [(x, ys[0], x, ys[-1]) for x in xs] + [(xs[0], y, xs[-1], y) for y in ys]


def lines_down(lines, top=780, x=70, step=22):
    return [(x, top - step * number, line) for number, line in enumerate(lines)]


def scanned(path, *, dpi=300, angle=0.0, noise=0):
    """Return the pages of a PDF as pictures, turned counter-clockwise and with noise of that deviation."""
    rng = np.random.default_rng(7)
    images = []
    document = pypdfium2.PdfDocument(path)
    for page in document:
        image = page.render(scale=dpi / 72, grayscale=True).to_pil().copy()
        page.close()
        if angle:
            image = image.rotate(angle, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
        if noise:
            grains = np.asarray(image) + rng.normal(0, noise, (image.height, image.width))
            image = Image.fromarray(grains.clip(0, 255).astype(np.uint8))
        images.append(image)
    document.close()
    return images


def scan_to_pdf(path, images):
    images[0].save(path, save_all=True, append_images=images[1:], resolution=300)
    return path
