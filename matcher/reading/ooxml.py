"""The zip and XML of an Office file, read by a parser that expands, fetches and trusts nothing."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from matcher.errors import ReadError
from matcher.reading.files import open_zip
from matcher.reading.limits import Limits

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_STRICT = {  # ISO 29500 strict files use other names for the same elements
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": MATH[1:-1].encode(),
}
_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "body"))
_PROLOG = re.compile(r"\ufeff?\s*(?><\?.*?\?>\s*|<!--.*?-->\s*)*+(?=<[^!?])", re.DOTALL)
_HEAD = 65536
#: Elements within elements; Word itself writes fewer than 60.
_MAX_DEPTH = 250
_DAMAGED = "Tải lại tệp hoặc xin người gửi gửi lại."


class Package:
    """An Office file opened for reading; close it, or use it as a context manager."""

    def __init__(self, path: Path, data: bytes, limits: Limits) -> None:
        self.path = path
        self._limits = limits
        self._archive = open_zip(data, path, limits)
        entries = self._archive.namelist()
        self._names = {name.lower(): name for name in reversed(entries)}  # names of parts know no capitals
        self.repeated = len(self._names) < len(entries)

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    def xml(self, name: str) -> Element | None:
        """Return the root of an XML part, or None where the file has no such part.

        Raises
        ------
        ReadError
            For a part that is damaged, too large, nested too deep, or declares a document type.
        """
        stored = self._names.get(name.lower())
        if stored is None:
            return None
        name = stored
        if self._archive.getinfo(name).file_size > self._limits.max_part_bytes:
            raise ReadError("phần XML quá lớn", file=self.path, place=name, cure="Chia nhỏ tệp.")
        try:
            data = self._archive.read(name)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as err:
            raise ReadError("tệp nén bị hỏng", file=self.path, place=name, cure=_DAMAGED) from err
        if data.count(b"<") > self._limits.max_tags:
            raise ReadError("XML có quá nhiều phần tử", file=self.path, place=name, cure="Chia nhỏ tệp.")
        return parse_xml(data, self.path, name)

    def has(self, name: str) -> bool:
        """Tell whether the file has a part of that name."""
        return name.lower() in self._names

    def main(self) -> str:
        """Return the part that the package names as its document; the usual one where it names none that is there."""
        try:
            named = self.related("", "officeDocument")
        except ReadError:
            named = []  # the usual part is tried before the file is given up
        return next((name for name in named if self.has(name)), "word/document.xml")

    def related(self, name: str, kind: str) -> list[str]:
        """Return the parts that part `name` refers to as `kind` ("header", "footnotes", …), sorted."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        if root is None:
            return []
        targets = (
            relation.get("Target", "")
            for relation in root.iter(f"{RELATIONS}Relationship")
            if relation.get("Type", "").endswith(f"/{kind}") and relation.get("TargetMode") != "External"
        )
        return sorted({posixpath.normpath(posixpath.join("/", folder, target))[1:] for target in targets})


def flow(parent: Element) -> Iterator[Element]:
    """Yield the paragraphs and tables of a part in reading order, through what only wraps them."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in _WRAPPERS:
            yield from flow(child)
        elif child.tag == f"{MC}AlternateContent":
            choice = child.find(f"{MC}Choice")
            yield from flow(child if choice is None else choice)


def paragraphs(root: Element) -> Iterator[Element]:
    """Yield the paragraphs of a part, of two forms of one drawing only those of the newer."""
    for child in root:
        if child.tag == f"{W}p":
            yield child
        if child.tag == f"{MC}AlternateContent":
            choice = child.find(f"{MC}Choice")
            yield from paragraphs(child if choice is None else choice)
        else:
            yield from paragraphs(child)


def parse_xml(data: bytes, path: Path, part: str) -> Element:
    """Parse XML with no entities, no document type, no network and bounded depth.

    Raises
    ------
    ReadError
        Where the XML is broken or asks for any of these.
    """
    from lxml import etree

    check_prolog(data[:_HEAD], path, part)
    for strict, usual in _STRICT.items():
        data = data.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as err:
        raise ReadError(f"XML bị hỏng ({err})", file=path, place=part, cure=_DAMAGED) from err
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _MAX_DEPTH:
            raise ReadError("XML lồng quá sâu", file=path, place=part, cure="Mở bằng Word và lưu lại.")
    return root


def check_prolog(head: bytes, path: Path, part: str) -> None:
    """Refuse XML with a document type: the only place from which entities can come.

    Raises
    ------
    ReadError
        Where anything but a declaration, comments and white space stands before the root element.
    """
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<"))
    little = head.startswith((b"\xff\xfe", b"<\x00"))
    encoding = ("utf-16-le" if little else "utf-16-be") if wide else "latin-1"
    text = head.removeprefix(b"\xef\xbb\xbf").decode(encoding, errors="replace")
    if not _PROLOG.match(text):
        raise ReadError(
            "XML có khai báo kiểu (DOCTYPE) hoặc thực thể ngoài, không an toàn",
            file=path,
            place=part,
            cure="Mở bằng Word hoặc Excel và lưu lại.",
        )
