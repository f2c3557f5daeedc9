"""Write all documents and their goldens: `PYTHONPATH=tests/data/forms python -m making.build FOLDER`.

Word files, scans and archives come out the same every time; what LibreOffice writes differs in its dates.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from making import hands
from making.hands import Hand
from making.pictures import Scanner, convert, page_count, save_pdf, save_picture, scan
from making.texts import MISSPELT, OFFICIAL, OWN_WORDS, Form, golden, load_forms

_EPOCH = (2024, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Plan:
    """One document to make: its name, its text, its hand, its format, and how it is scanned."""

    name: str
    form: str
    hand: str
    write: Hand
    media: str = "docx"
    scanner: Scanner | None = None
    change: Callable[[Form], Form] = lambda form: form

    @property
    def stem(self) -> str:
        return self.name.rpartition(".")[0]


_BARE = hands.reworded(hands.without_marks(OFFICIAL))
DOCUMENTS: tuple[Plan, ...] = (
    Plan("01 phieu de xuat.docx", "F001", "plain paragraphs", hands.plain),
    Plan("02 phieu de xuat (1) final.docx", "F002", "texts below headings", hands.below),
    Plan("03-bang-hai-cot.docx", "F003", "two-column table", hands.two_columns_table),
    Plan("04-bang-hai-cot.docx", "F101", "two-column table", hands.two_columns_table),
    Plan("05-bang-ba-cot.docx", "F004", "three-column table", hands.three_columns_table),
    Plan("06-bang-ba-cot.docx", "F013", "three-column table", hands.three_columns_table),
    Plan("07-mot-o.docx", "F005", "label and text in one cell", hands.one_cell),
    Plan("08-mot-o.docx", "F020", "label and text in one cell", hands.one_cell),
    Plan("09-dan-tu-thu.docx", "F008", "pasted from e-mail", hands.mail),
    Plan("10-dan-tu-thu.txt", "F019", "pasted from e-mail", hands.mail, "txt"),
    Plan("11-nfd.docx", "F006", "NFD", hands.decomposed),
    Plan("12-nfd-bang.docx", "F102", "NFD, table", hands.table_decomposed),
    Plan("13-tcvn3.docx", "F007", "TCVN3 fonts", hands.old_tcvn3),
    Plan("14-tcvn3-bang.docx", "F022", "TCVN3 fonts, table", hands.table_tcvn3),
    Plan("15-vni.docx", "F009", "VNI fonts", hands.old_vni),
    Plan("16-vni.docx", "F103", "VNI fonts", hands.old_vni),
    Plan("17-theo-doi-sua.docx", "F010", "tracked changes", hands.tracked),
    Plan("18-theo-doi-sua.docx", "F024", "tracked changes", hands.tracked),
    Plan("19-nhan-xet.docx", "F011", "comments", hands.commented),
    Plan("20-hop-van-ban.docx", "F012", "text boxes", hands.boxed),
    Plan("21-hop-van-ban.docx", "F105", "text boxes", hands.boxed),
    Plan("22-danh-so-tu-dong.docx", "F014", "automatic numbering", hands.auto_numbered),
    Plan("23-danh-so-tu-dong.docx", "F104", "automatic numbering", hands.auto_numbered),
    Plan("24-doi-thu-tu.docx", "F015", "reordered items", hands.reordered),
    Plan("25-doi-thu-tu.docx", "F021", "reordered items", hands.reordered),
    Plan("26-thieu-muc.docx", "F016", "missing items", hands.plain, change=lambda form: form.without(3, 6)),
    Plan("27-khong-so.docx", "F017", "headings without numbers", hands.no_numbers),
    Plan("28-khong-so.docx", "F106", "headings without numbers", hands.no_numbers),
    Plan("29-chu-hoa.docx", "F018", "headings in capitals", hands.capitals),
    Plan("30-sai-chinh-ta.docx", "F023", "headings misspelt", hands.reworded(MISSPELT)),
    Plan("31-khong-dau.docx", "F107", "headings without diacritics", _BARE),
    Plan("32-nam-trang.docx", "F002", "five pages", hands.five_pages),
    Plan("33-nam-trang.pdf", "F109", "five pages", hands.five_pages, "pdf"),
    Plan("34-dau-cuoi-trang.docx", "F016", "running header and footer", hands.noisy_margins),
    Plan("35-chu-thich.docx", "F003", "footnotes", hands.footnoted),
    Plan("36-so-la-ma.docx", "F108", "Roman numerals", hands.roman),
    Plan("37-tu-dat-ten.docx", "F110", "headings reworded", hands.reworded(OWN_WORDS)),
    Plan("38-o-dien.docx", "F013", "content controls", hands.controlled),
    Plan("39-dong-cham.docx", "F010", "dotted lines", hands.dotted),
    Plan("40-thuong.pdf", "F004", "plain paragraphs", hands.plain, "pdf"),
    Plan("41-bang-hai-cot.pdf", "F007", "two-column table", hands.two_columns_table, "pdf"),
    Plan("42-bang-ba-cot.pdf", "F011", "three-column table", hands.three_columns_table, "pdf"),
    Plan("43-hai-cot-bao.pdf", "F018", "page in two columns", hands.two_columns_page, "pdf"),
    Plan("44-dau-cuoi-trang.pdf", "F006", "running header and footer", hands.noisy_margins, "pdf"),
    Plan("45-chu-thich.pdf", "F012", "footnotes", hands.footnoted, "pdf"),
    Plan("46-danh-so-tu-dong.pdf", "F103", "automatic numbering", hands.auto_numbered, "pdf"),
    Plan("47-mot-o.pdf", "F102", "label and text in one cell", hands.one_cell, "pdf"),
    Plan("48-quet.pdf", "F008", "scan, 200 dpi, skew 0.5", hands.plain, "scan", Scanner()),
    Plan("49-quet-lech.pdf", "F014", "scan, 200 dpi, skew 1.5", hands.plain, "scan", Scanner(skew=1.5, noise=8)),
    Plan("50-quet-bang.pdf", "F020", "scan of a two-column table", hands.two_columns_table, "scan", Scanner(skew=0.6)),
    Plan(
        "51-quet-bang-ba-cot.pdf", "F024", "scan of a three-column table", hands.three_columns_table, "scan", Scanner()
    ),
    Plan(
        "52-quet-mo.pdf",
        "F019",
        "scan, faint, 220 dpi",
        hands.below,
        "scan",
        Scanner(dpi=220, skew=1, noise=10, paper=225),
    ),
    Plan(
        "53-anh.png", "F022", "picture of one page", hands.small, "png", Scanner(dpi=240, skew=0.7, noise=0, blur=0.5)
    ),
    Plan("54-anh.jpg", "F023", "picture of one page", hands.small, "jpg", Scanner(dpi=260, skew=0.8, noise=5)),
    Plan("55-libre.odt", "F009", "plain paragraphs", hands.plain, "odt"),
    Plan("56-cu.rtf", "F015", "plain paragraphs", hands.plain, "rtf"),
    Plan("57-cu.doc", "F016", "plain paragraphs", hands.plain, "doc"),
    Plan("58-cu-bang.doc", "F110", "three-column table", hands.three_columns_table, "doc"),
    Plan("59-bang.odt", "F104", "two-column table", hands.two_columns_table, "odt"),
)
#: Archives: their name, the names inside with the documents above that they hold, and whether names are in CP437.
ARCHIVES: tuple[tuple[str, bool, tuple[tuple[str, str], ...]], ...] = (
    (
        "60-goi-cp437.zip",
        True,
        (
            ("Hô so dê xuât/phiêu sô 1.docx", "01 phieu de xuat.docx"),
            ("Hô so dê xuât/phiêu sô 2.docx", "05-bang-ba-cot.docx"),
        ),
    ),
    (
        "61-goi-utf8.zip",
        False,
        (
            ("Phiếu đề xuất (cuối cùng).docx", "24-doi-thu-tu.docx"),
            ("bản quét/phiếu có dấu.pdf", "40-thuong.pdf"),
        ),
    ),
)


def build(folder: Path, names: Sequence[str] = ()) -> None:
    """Write the documents (all, or those whose names begin so) and their goldens into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    forms = load_forms()
    plans = [plan for plan in DOCUMENTS if not names or plan.name.startswith(tuple(names))]
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        pages = _write_words(plans, forms, work)
        for suffix in ("odt", "rtf", "doc"):
            chosen = [plan for plan in plans if plan.media == suffix]
            if chosen:
                convert([work / f"{plan.stem}.docx" for plan in chosen], suffix, work)
        for plan in plans:
            _write_document(plan, forms[plan.form], pages.get(plan.name), work, folder)
    if not names:
        for name, old, members in ARCHIVES:
            _write_archive(folder, name, old, members)


def _write_words(plans: Sequence[Plan], forms: dict[str, Form], work: Path) -> dict[str, int]:
    """Write every plan as a Word file, count its pages in LibreOffice, and state them in the file."""
    for plan in plans:
        plan.write(plan.change(forms[plan.form])).save(work / f"{plan.stem}.docx")
    convert([work / f"{plan.stem}.docx" for plan in plans], "pdf", work)
    pages = {plan.name: page_count(work / f"{plan.stem}.pdf") for plan in plans}
    for plan in plans:
        plan.write(plan.change(forms[plan.form])).save(work / f"{plan.stem}.docx", pages[plan.name])
    return pages


def _write_document(plan: Plan, form: Form, pages: int | None, work: Path, folder: Path) -> None:
    target = folder / plan.name
    form = plan.change(form)
    if plan.media == "txt":
        target.write_bytes("\r\n".join(hands.mail_lines(form)).encode("utf-8"))
        pages = None
    elif plan.scanner is not None:
        seen = scan(work / f"{plan.stem}.pdf", plan.scanner, seed=int(plan.name[:2]))
        if plan.media == "scan":
            save_pdf(seen, target, plan.scanner)
        elif len(seen) > 1:
            raise ValueError(f"{plan.name}: a picture holds one page, the form has {len(seen)}")
        else:
            save_picture(seen[0], target, plan.scanner)
    else:
        shutil.copyfile(work / f"{plan.stem}.{plan.media}", target)
    record = golden(form, media=plan.media, hand=plan.hand, pages=pages)
    _write_golden(folder / f"{plan.stem}.json", record)


def _write_archive(folder: Path, name: str, old: bool, members: Sequence[tuple[str, str]]) -> None:
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for shown, document in members:
            info = zipfile.ZipInfo(shown, _EPOCH)
            if old:
                info = _Cp437Info(shown, _EPOCH)
            archive.writestr(info, (folder / document).read_bytes(), zipfile.ZIP_DEFLATED)
    goldens = {shown: f"{Path(document).stem}.json" for shown, document in members}
    _write_golden(folder / f"{Path(name).stem}.json", {"media": "zip", "hand": "archive", "members": goldens})


class _Cp437Info(zipfile.ZipInfo):
    """A name as old programs write it: in CP437, without the flag of UTF-8."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("cp437"), self.flag_bits & ~0x800


def _write_golden(path: Path, record: object) -> None:
    path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    build(Path(sys.argv[1]), sys.argv[2:])
