"""Word files written part by part, to have in them exactly what a test is about."""

import zipfile
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
ROOTS = {
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "numbering": "numbering",
    "styles": "styles",
    "header1": "hdr",
    "footer1": "ftr",
    "theme": "theme",
}


def part(root: str, xml: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{root} {NAMES}>{xml}</w:{root}>'


def paragraph(*runs: str, properties: str = "") -> str:
    texts = [run if run.startswith("<") else f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>' for run in runs]
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(texts)}</w:p>"


def raised(text: str) -> str:
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{text}</w:t></w:r>'


def word_file(path: Path, body: str, *, raw: dict[str, str] | None = None, **parts: str) -> Path:
    """Write a Word file; `parts` are the insides of footnotes, numbering, header1 …, `raw` whole entries."""
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/{name.rstrip("123")}" Target="{name}.xml"/>'
        for number, name in enumerate(parts)
    )
    entries = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>',
    }
    entries |= {f"word/{name}.xml": part(ROOTS[name], xml) for name, xml in parts.items()}
    entries |= raw or {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in entries.items():
            archive.writestr(name, text)
    return path
