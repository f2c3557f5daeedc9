"""Files of other word processors, written byte by byte: RTF and OpenDocument."""

import zipfile
from pathlib import Path

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_NAMES = (
    f'xmlns:office="{OFFICE}" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
)
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"


def rtf(text: str) -> bytes:
    """Return an RTF file of paragraphs, other letters than ASCII by their code."""
    body = "\\par ".join("".join(c if c.isascii() else f"\\u{ord(c)}?" for c in line) for line in text.split("\n"))
    return b"{\\rtf1\\ansi\\uc1 " + body.encode() + b"\\par}"


def odf(
    path: Path, body: str, kind: str = "text", *, scripts: str = "", raw: dict[str, str] | None = None, **entries: str
) -> Path:
    """Write an OpenDocument file; `entries` are further parts by their name without suffix, `raw` whole files."""
    media = f"application/vnd.oasis.opendocument.{kind}"
    parts = {
        "content.xml": f'<office:document-content {_NAMES} office:version="1.2">{scripts}'
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    }
    for name, xml in entries.items():
        parts[f"{name}.xml"] = f'<office:document-{name} {_NAMES} office:version="1.2">{xml}</office:document-{name}>'
    parts |= raw or {}
    listed = "".join(f'<m:file-entry m:full-path="{name}" m:media-type="text/xml"/>' for name in parts)
    parts["META-INF/manifest.xml"] = (
        f'<m:manifest xmlns:m="{_MANIFEST}" m:version="1.2"><m:file-entry m:full-path="/" m:media-type="{media}"/>'
        f"{listed}</m:manifest>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), media)
        for name, xml in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{xml}')
    return path


def odt_with_macro(path: Path, code: str) -> Path:
    """Write a text document whose Basic macro runs when it is opened, where macros may run."""
    library = "http://openoffice.org/2000/library"
    raw = {
        "Basic/script-lc.xml": f'<library:libraries xmlns:library="{library}" xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<library:library library:name="Standard" library:link="false"/></library:libraries>',
        "Basic/Standard/script-lb.xml": f'<library:library xmlns:library="{library}" library:name="Standard" '
        'library:readonly="false" library:passwordprotected="false"><library:element library:name="Module1"/>'
        "</library:library>",
        "Basic/Standard/Module1.xml": '<script:module xmlns:script="http://openoffice.org/2000/script" '
        f'script:name="Module1" script:language="StarBasic">{code}</script:module>',
    }
    event = (
        '<office:scripts><office:event-listeners><script:event-listener script:language="ooo:script" '
        'script:event-name="dom:load" xlink:type="simple" '
        'xlink:href="vnd.sun.star.script:Standard.Module1.Main?language=Basic&amp;location=document"/>'
        "</office:event-listeners></office:scripts>"
    )
    return odf(path, "<text:p>Nuôi ong</text:p>", scripts=event, raw=raw)
