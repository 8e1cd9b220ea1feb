"""Workbooks written by hand, so that they can hold what no library writes."""

from __future__ import annotations

import io
import zipfile

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
FORMATS = (
    "0&quot; g&quot;",
    "0%",
    "0.00",
    "0000000000000",
    "_-* #,##0.00\\ &quot;€&quot;_-;_-@_-",
    "#\\ ?/?",
)
"""Of the styles from 2 on."""
STYLES = (
    f"<styleSheet {MAIN}><numFmts>"
    + "".join(f'<numFmt numFmtId="{170 + at}" formatCode="{code}"/>' for at, code in enumerate(FORMATS))
    + '</numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs><xf/><xf numFmtId="14" applyNumberFormat="1"/>'
    + "".join(f'<xf numFmtId="{170 + at}" applyNumberFormat="1"/>' for at in range(len(FORMATS)))
    + "</cellXfs></styleSheet>"
)


def text(cell: str, words: str) -> str:
    return f'<c r="{cell}" t="inlineStr"><is><t>{words}</t></is></c>'


def number(cell: str, value: str, style: int = 0) -> str:
    return f'<c r="{cell}" s="{style}"><v>{value}</v></c>'


def formula(cell: str, words: str, result: str | None, kind: str = "n") -> str:
    value = "<v></v>" if result is None else f"<v>{result}</v>"
    return f'<c r="{cell}" t="{kind}"><f>{words}</f>{value}</c>'


def workbook(
    rows: list[list[str]],
    merged: str = "",
    name: str = "Range",
    *,
    unseen: frozenset[int] = frozenset(),
    before: str = "",
    of_another: str = "",
) -> bytes:
    """An XLSX file of a sheet with these cells (ECMA-376).

    Args:
        rows: cells by row.
        merged: what follows them.
        name: of the sheet.
        unseen: rows a filter hides.
        before: the name of a sheet that is hidden and stands before it.
        of_another: its cells; none for a sheet of a chart.
    """
    hidden = dict.fromkeys(unseen, ' hidden="1"')
    body = "".join(
        f'<row r="{place}"{hidden.get(place, "")}>{"".join(cells)}</row>'
        for place, cells in enumerate(rows, 1)
    )
    state = ' state="hidden"' if of_another else ""
    other = f'<sheet name="{before}" sheetId="2"{state} r:id="rId3"/>' if before else ""
    folder = "worksheets" if of_another else "chartsheets"
    cells = f"<worksheet {MAIN}><sheetData>{body}</sheetData>{merged}</worksheet>"
    main = (
        f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>{other}<sheet name="{name}" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>"
    )
    root = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    parts = (
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId3" Type="{OFFICE}/{folder[:-1]}" Target="{folder}/sheet2.xml"/>'
    )
    return packed(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": RELATIONS.format(root),
            "xl/workbook.xml": main,
            "xl/_rels/workbook.xml.rels": RELATIONS.format(parts),
            "xl/styles.xml": STYLES,
            "xl/worksheets/sheet1.xml": cells,
            f"xl/{folder}/sheet2.xml": of_another or f"<chartsheet {MAIN}/>",
        }
    )


def packed(entries: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in entries.items():
            archive.writestr(entry, content)
    return buffer.getvalue()
