"""All text of a finished file, as different readers find it: pages, metadata, titles, alternative texts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import msgspec
import pikepdf
import pypdf
from lxml import etree
from lxml import html as lxml_html

from workbench.errors import Refused
from workbench.reports.drawing import pdf_text

PAGES, METADATA, FILE_NAME = "pages", "metadata", "file name"


class Source(msgspec.Struct, frozen=True):
    """One reading of a file: where it was found, and the text."""

    where: str
    text: str


def sources(data: bytes, format: str, file_name: str) -> tuple[Source, ...]:
    """Every reading of a finished file, the pages as a person reads them first, its name last.

    Raises:
        Refused: it holds something that cannot be searched, such as a picture.
    """
    readers = {"pdf": _pdf, "docx": _docx, "html": _html}
    return (*readers[format](data), Source(FILE_NAME, file_name))


def _pdf(data: bytes) -> Iterator[Source]:
    yield Source(PAGES, pdf_text(data))
    reader = pypdf.PdfReader(io.BytesIO(data))
    yield Source(PAGES, "\n".join(page.extract_text() for page in reader.pages))
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        strings: list[str] = []
        for entry in pdf.objects:
            if isinstance(entry, pikepdf.Stream):
                if entry.get("/Subtype") == pikepdf.Name.Image:
                    raise Refused("The file holds a picture, which cannot be searched.", "Take it out.")
                if entry.get("/Type") == pikepdf.Name.Metadata:
                    yield Source(METADATA, "\n".join(_xml(entry.read_bytes())))
            strings += _strings(entry, 0)
        yield Source(METADATA, "\n".join(strings))


def _strings(entry: object, depth: int) -> Iterator[str]:
    """Every text of an object: titles, outline, alternative texts, whatever its key."""
    if isinstance(entry, pikepdf.String):
        yield str(entry)
    elif depth and isinstance(entry, pikepdf.Object) and entry.is_indirect:
        return
    elif isinstance(entry, pikepdf.Array):
        for item in entry:
            yield from _strings(item, depth + 1)
    elif isinstance(entry, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in entry.items():
            yield str(key).lstrip("/")
            yield from _strings(value, depth + 1)


def _docx(data: bytes) -> Iterator[Source]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in sorted(package.namelist(), key=lambda name: name != "word/document.xml"):
            if not name.endswith((".xml", ".rels")):
                raise Refused("The file holds a part that cannot be searched.", "Take pictures out.")
            text, attributes = _xml(package.read(name))
            yield Source(PAGES if name == "word/document.xml" else METADATA, text)
            yield Source(METADATA, f"{name}\n{attributes}")


def _xml(content: bytes) -> tuple[str, str]:
    """Text (with comments) and attributes of one XML part; what stands in one paragraph stays together."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(content, parser)
    lines: list[str] = []
    attributes: list[str] = []
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag.endswith(("}p", "}li", "}title")):
            lines.append("\n")
        lines.append(element.text or "")
        lines.append((element.tail or "").strip("\n"))
        attributes += [str(value) for value in element.attrib.values()]
    return "".join(lines), "\n".join(attributes)


def _html(data: bytes) -> Iterator[Source]:
    root = lxml_html.document_fromstring(data.decode())
    for style in root.iter("style"):
        style.text = ""
    yield Source(PAGES, "\n".join(str(text) for text in root.itertext()))
    values = [str(value) for element in root.iter() for value in element.attrib.values()]
    comments = [str(node.text) for node in root.iter(etree.Comment)]
    yield Source(METADATA, "\n".join([*values, *comments]))
