"""What a PDF says of itself to be PDF/A-3: title, dates, language, and what its colours mean."""

from importlib.resources import files
from xml.sax.saxutils import escape

import pydyf

GENERATOR = "Netralitas"
METADATA = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">'
    "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"
    '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
    "<xmp:CreatorTool>{generator}</xmp:CreatorTool>"
    "<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>"
    '</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
)


def information(title, made_at):
    """The older form of title and dates; it must say the same as the newer one."""
    moment = pydyf.String(f"{made_at:D:%Y%m%d%H%M%SZ}")
    values = {"Title": pydyf.String(title), "Creator": pydyf.String(GENERATOR)}
    return pydyf.Dictionary(values | {"CreationDate": moment, "ModDate": moment})


def entries(pdf, title, made_at):
    """What the catalog of an Indonesian, tagged PDF/A-3 holds; its streams are added to `pdf`."""
    moment = f"{made_at:%Y-%m-%dT%H:%M:%SZ}"
    told = METADATA.format(title=escape(title), moment=moment, generator=GENERATOR)
    metadata = pydyf.Stream([told.encode()], {"Type": "/Metadata", "Subtype": "/XML"})
    pdf.add_object(metadata)
    return {
        "Lang": pydyf.String("id"),
        "Metadata": metadata.reference,
        "MarkInfo": pydyf.Dictionary({"Marked": "true"}),
        "ViewerPreferences": pydyf.Dictionary({"DisplayDocTitle": "true"}),
        "OutputIntents": pydyf.Array([_srgb(pdf)]),
    }


def _srgb(pdf):
    """Colours are those of an ordinary screen, by the profile that comes with WeasyPrint."""
    profile = files("weasyprint").joinpath("pdf", "sRGB2014.icc").read_bytes()
    colours = pydyf.Stream([profile], {"N": 3}, compress=True)
    pdf.add_object(colours)
    return pydyf.Dictionary(
        {
            "Type": "/OutputIntent",
            "S": "/GTS_PDFA1",
            "OutputConditionIdentifier": pydyf.String("sRGB IEC61966-2.1"),
            "DestOutputProfile": colours.reference,
        }
    )
