"""The parts around the body of a Word document that we write: looks, settings, comments."""

from __future__ import annotations

from translate_kit.formats.ooxml import XML, pack, relationships
from translate_kit.formats.safe_xml import escape

__all__ = ["assemble"]

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_ITEM = "{7A1C0D52-3B0E-4C6B-9F57-1E2B6C8D4A90}"
"""Name of our custom part, which Word wants; the same in every file."""


def assemble(body: str, title: str, comments: str = "", kept: str = "") -> bytes:
    """Return a Word document.

    Args:
        body: paragraphs, tables and the section's properties.
        title: of the file, for lists of documents.
        comments: ``w:comment`` elements, if any.
        kept: a whole XML part that programs keep and people do not see, if any.
    """
    targets = [("styles", "styles.xml"), ("settings", "settings.xml")]
    parts = {
        "_rels/.rels": relationships(
            [("officeDocument", "word/document.xml"), ("core-properties", "docProps/core.xml")]
        ),
        "docProps/core.xml": _core(title),
        "word/document.xml": _part("document", f"<w:body>{body}</w:body>"),
        "word/styles.xml": _part("styles", _styles()),
        "word/settings.xml": _part("settings", _SETTINGS),
    }
    types = {
        "docProps/core.xml": "core-properties",
        "word/document.xml": "wordprocessingml.document.main",
        "word/styles.xml": "wordprocessingml.styles",
        "word/settings.xml": "wordprocessingml.settings",
    }
    if comments:
        targets.append(("comments", "comments.xml"))
        parts["word/comments.xml"] = _part("comments", comments)
        types["word/comments.xml"] = "wordprocessingml.comments"
    if kept:
        targets.append(("customXml", "../customXml/item1.xml"))
        parts["customXml/item1.xml"] = kept
        parts["customXml/itemProps1.xml"] = (
            f'{XML}<ds:datastoreItem xmlns:ds="{_OFFICE}/customXml" ds:itemID="{_ITEM}">'
            "<ds:schemaRefs/></ds:datastoreItem>"
        )
        properties = [("customXmlProps", "itemProps1.xml")]
        parts["customXml/_rels/item1.xml.rels"] = relationships(properties)
        types["customXml/itemProps1.xml"] = "customXmlProperties"
    parts["word/_rels/document.xml.rels"] = relationships(targets)
    return pack(parts, types)


def _part(name: str, content: str) -> str:
    return f'{XML}<w:{name} xmlns:w="{_WORD}">{content}</w:{name}>'


def _core(title: str) -> str:
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>translate-kit</dc:creator>"
        "</cp:coreProperties>"
    )


# Without this Word opens the file as one of 2007, in a mode of limits.
_SETTINGS = (
    '<w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
)

_LOOKS = (
    # style, name in Word's own list, space before and after (1/20 point), rest of the paragraph,
    # looks of the characters
    ("Title", "Title", 240, 60, "<w:keepNext/>", '<w:b/><w:sz w:val="36"/>'),
    ("Subtitle", "Subtitle", 0, 200, "<w:keepNext/>", '<w:color w:val="625E56"/>'),
    ("Note", "Note", 120, 240, "", '<w:color w:val="625E56"/><w:sz w:val="18"/>'),
)


def _styles() -> str:
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="DEDAD0"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 60), ("left", 110), ("bottom", 60), ("right", 110))
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{rest}'
        f'<w:spacing w:before="{before}" w:after="{after}"/></w:pPr>'
        f"<w:rPr>{looks}</w:rPr></w:style>"
        for style, name, before, after, rest, looks in _LOOKS
    )
    return (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Calibri"/>'
        '<w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f"<w:qFormat/></w:style>{styles}"
        '<w:style w:type="table" w:styleId="Bilingual"><w:name w:val="Bilingual"/><w:tblPr>'
        f"<w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar>"
        "</w:tblPr></w:style>"
    )
