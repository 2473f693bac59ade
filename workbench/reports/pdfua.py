"""The post-process that makes reportlab's file a tagged one: PDF/UA-1 and PDF/A-2a.

Source: ISO 14289-1:2014 (PDF/UA-1), clauses 5 and 7; ISO 19005-2:2011 (PDF/A-2), clause 6.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from workbench.reports.library import COLOURS
from workbench.reports.pdf_tags import Element, Structure

# The date is fixed: the day of the facts stands on the page, the moment of issue in the record.
DATED = "2000-01-01T00:00:00Z"
LIST_OWNER, TABLE_OWNER = Name.List, Name.Table
_TO_UNICODE = re.compile(rb"<([0-9A-Fa-f]+)>")
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{dated}</xmp:CreateDate><xmp:ModifyDate>{dated}</xmp:ModifyDate>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file keeps to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def finish(data: bytes, structure: Structure, title: str, language: str, files: dict[str, bytes]) -> bytes:
    """The file with its structure tree, language, metadata and colour profile; deterministic."""
    with Pdf.open(io.BytesIO(data)) as pdf:
        tongue = "cy-GB" if language == "cy" else "en-GB"
        root = pdf.Root
        root.Lang = String(tongue)
        root.MarkInfo = Dictionary(Marked=True)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        root.StructTreeRoot = _tree(pdf, structure)
        packet = XMP.format(title=escape(title), language=tongue, dated=DATED)
        root.Metadata = pdf.make_stream(packet.encode(), Type=Name.Metadata, Subtype=Name.XML)
        root.OutputIntents = Array([_intent(pdf, files[COLOURS])])
        for number, page in enumerate(pdf.pages):
            page.obj.StructParents = number
            page.obj.Tabs = Name.S
        _repair_to_unicode(pdf)
        if "/Info" in pdf.trailer:
            del pdf.trailer.Info
        _compress(pdf)
        grouped = _saved(pdf, pikepdf.ObjectStreamMode.generate)
        # Groups of objects are made while saving: where one ends badly, the file does without them.
        return grouped if b"\r\nendstream" not in grouped else _saved(pdf, pikepdf.ObjectStreamMode.disable)


def _saved(pdf: Pdf, mode: pikepdf.ObjectStreamMode) -> bytes:
    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        fix_metadata_version=False,
        compress_streams=True,
        recompress_flate=False,
        object_stream_mode=mode,
    )
    return out.getvalue()


def _compress(pdf: Pdf) -> None:
    """Compresses every stream so that none ends with a carriage return.

    With the line feed that follows it a reader takes that byte for the end of a line, and finds the
    stream one byte short. Source: ISO 19005-2:2011, 6.1.7.1.
    """
    for entry in pdf.objects:
        if not isinstance(entry, Stream) or entry.get("/Type") == Name.Metadata:
            continue
        data, font = entry.read_bytes(), "/Length1" in entry
        packed = zlib.compress(data, 9)
        while packed.endswith(b"\r"):
            data += b"\1" if font else b"\n"
            packed = zlib.compress(data, 9)
        entry.write(packed, filter=Name.FlateDecode)
        if font:
            entry.Length1 = len(data)


def _intent(pdf: Pdf, profile: bytes) -> Dictionary:
    stream = pdf.make_stream(profile, N=3)
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB"),
        DestOutputProfile=stream,
    )


def _tree(pdf: Pdf, structure: Structure) -> pikepdf.Object:
    """The structure tree and, page by page, which element each piece of marked content belongs to."""
    top = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    owners: dict[int, dict[int, pikepdf.Object]] = {}
    top.K = _element(pdf, structure.root, top, owners)
    numbers = Array()
    for page in range(len(pdf.pages)):
        owned = owners.get(page, {})
        numbers.append(page)
        numbers.append(pdf.make_indirect(Array([owned[at] for at in sorted(owned)])))
    top.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
    top.ParentTreeNextKey = len(pdf.pages)
    return top


def _element(
    pdf: Pdf, element: Element, parent: pikepdf.Object, owners: dict[int, dict[int, pikepdf.Object]]
) -> pikepdf.Object:
    made = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{element.tag}"), P=parent))
    if "Scope" in element.attributes:
        made.A = Dictionary(O=TABLE_OWNER, Scope=Name(f"/{element.attributes['Scope']}"))
    if "ListNumbering" in element.attributes:
        made.A = Dictionary(O=LIST_OWNER, ListNumbering=Name(f"/{element.attributes['ListNumbering']}"))
    kids = Array()
    for kid in element.kids:
        if isinstance(kid, Element):
            kids.append(_element(pdf, kid, made, owners))
            continue
        page, number = kid[0] - 1, kid[1]
        owners.setdefault(page, {})[number] = made
        kids.append(Dictionary(Type=Name.MCR, Pg=pdf.pages[page].obj, MCID=number))
    made.K = kids
    return made


def _repair_to_unicode(pdf: Pdf) -> None:
    """Rewrites what reportlab gets wrong: characters above U+FFFF, and unused codes mapped to U+0000."""
    for entry in pdf.objects:
        if isinstance(entry, Dictionary) and entry.get("/Type") == Name.Font and "/ToUnicode" in entry:
            stream = entry.ToUnicode
            assert isinstance(stream, Stream)
            stream.write(_repaired(stream.read_bytes()))


def _repaired(cmap: bytes) -> bytes:
    lines: list[bytes] = []
    inside = False
    for line in cmap.splitlines():
        if line.strip().endswith((b"beginbfchar", b"beginbfrange")):
            inside = True
        elif line.strip().startswith(b"end"):
            inside = False
        lines.append(b" ".join(_targets(line)) if inside and line.lstrip().startswith(b"<") else line)
    return b"\n".join(lines)


def _targets(line: bytes) -> Iterator[bytes]:
    """The tokens of a mapping line, the last one (or a list of them) mended."""
    tokens = line.replace(b"[", b" [ ").replace(b"]", b" ] ").split()
    for at, token in enumerate(tokens):
        match = _TO_UNICODE.fullmatch(token)
        source = match is not None and at < (len(tokens) - 1 if b"[" not in tokens else tokens.index(b"["))
        yield token if match is None or source else b"<" + _mended(match[1]) + b">"


def _mended(digits: bytes) -> bytes:
    point = int(digits, 16)
    if point == 0:
        return b"FFFD"
    if len(digits) in {5, 6} and point > 0xFFFF:
        return chr(point).encode("utf-16-be").hex().upper().encode()
    return digits
