"""Paragraphs and tables of a DOCX, put in as XML: python-docx looks through the whole document for each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from matcher.reporting.wording import clean

#: The name of the paragraphs' style in tables.
TABLE_STYLE = "Table Cell"
#: Twentieths of a point in a centimetre.
_TWIPS = 567
#: What a run may have, in the order that the schema asks for.
_MARKS: Mapping[str, tuple[str, Mapping[str, str]]] = MappingProxyType(
    {"bold": ("w:b", {}), "italic": ("w:i", {}), "strike": ("w:strike", {}), "underline": ("w:u", {"val": "single"})}
)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with its marks, a space between them: bold, italic, underline, strike or none."""

    text: str
    mark: str = ""


#: A paragraph, and a cell of paragraphs.
Line = Sequence[Run]
Cell = Sequence[Line]


class Table:
    """A table under way; rows go in one after another."""

    def __init__(self, element: Any, widths: Sequence[float]) -> None:  # noqa: ANN401
        self._element = element
        self._widths = widths

    def add_row(
        self,
        cells: Sequence[Cell],
        *,
        header: bool = False,
        centred: bool = False,
        splits: bool = False,
        shade: str = "",
        shades: Mapping[int, str] = MappingProxyType({}),
    ) -> None:
        """Add a row of as many cells as there are widths.

        `splits` lets it run over the end of a page; `shade` colours the row, `shades` single cells by index.
        """
        row, properties = _element("w:tr"), _element("w:trPr")
        if not splits:
            properties.append(_element("w:cantSplit"))
        if header:
            properties.append(_element("w:tblHeader"))
        row.append(properties)
        for index, (lines, width) in enumerate(zip(cells, self._widths, strict=True)):
            cell, about = _element("w:tc"), _element("w:tcPr")
            about.append(_element("w:tcW", w=str(round(width * _TWIPS)), type="dxa"))
            if colour := shades.get(index, shade):
                about.append(_element("w:shd", val="clear", fill=colour.lstrip("#")))
            cell.append(about)
            for line in lines:
                style = TABLE_STYLE.replace(" ", "")
                cell.append(_paragraph(line, style=style, align="center" if centred else ""))
            row.append(cell)
        self._element.append(row)


class Body:
    """The end of a document, where paragraphs and tables are put in.

    Parameters
    ----------
    document : docx.document.Document
        With the style `TABLE_STYLE`, and "List Bullet" and "Table Grid" of the default template.
    """

    def __init__(self, document: Any) -> None:  # noqa: ANN401
        self._last = document.element.body.sectPr

    @property
    def is_begun(self) -> bool:
        """Tell whether anything was put in."""
        return self._last.getprevious() is not None

    def add(
        self,
        *runs: Run,
        bullet: bool = False,
        align: str = "",
        keep: bool = False,
        before: float = 0,
        new_page: bool = False,
    ) -> None:
        """Add a paragraph; `keep` holds it on the page of what follows, `before` is a space in points."""
        style = "ListBullet" if bullet else ""
        paragraph = _paragraph(runs, style=style, align=align, keep=keep, before=before, new_page=new_page)
        self._last.addprevious(paragraph)

    def add_table(self, widths: Sequence[float], *, ruled: bool = True) -> Table:
        """Add a table with columns of these widths in centimetres."""
        table, properties, grid = _element("w:tbl"), _element("w:tblPr"), _element("w:tblGrid")
        if ruled:
            properties.append(_element("w:tblStyle", val="TableGrid"))
        properties.append(_element("w:tblW", w=str(round(sum(widths) * _TWIPS)), type="dxa"))
        properties.append(_element("w:tblLayout", type="fixed"))
        for width in widths:
            grid.append(_element("w:gridCol", w=str(round(width * _TWIPS))))
        table.extend([properties, grid])
        self._last.addprevious(table)
        return Table(table, widths)


def _paragraph(
    runs: Line, *, style: str = "", align: str = "", keep: bool = False, before: float = 0, new_page: bool = False
) -> Any:  # noqa: ANN401
    paragraph, properties = _element("w:p"), _element("w:pPr")
    if style:
        properties.append(_element("w:pStyle", val=style))
    if keep:
        properties.append(_element("w:keepNext"))
    if new_page:
        properties.append(_element("w:pageBreakBefore"))
    if before:
        properties.append(_element("w:spacing", before=str(round(before * 20))))
    if align:
        properties.append(_element("w:jc", val=align))
    paragraph.append(properties)
    for run in runs:
        paragraph.append(_run(run))
    return paragraph


def _run(run: Run) -> Any:  # noqa: ANN401
    from docx.oxml.ns import qn

    element, text = _element("w:r"), _element("w:t")
    marks = run.mark.split()
    if marks:
        about = _element("w:rPr")
        about.extend([_element(tag, **values) for name, (tag, values) in _MARKS.items() if name in marks])
        element.append(about)
    text.set(qn("xml:space"), "preserve")
    text.text = clean(run.text).replace("\n", " ").replace("\t", " ")
    element.append(text)
    return element


def _element(name: str, **values: str) -> Any:  # noqa: ANN401
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(name)
    for key, value in values.items():
        element.set(qn(f"w:{key}"), value)
    return element
