"""The address of a page as a QR code for paper."""

import io

import segno


def svg(address):
    """The code as SVG text, black modules without the quiet zone; level M outlives a fold or a coffee ring."""
    buffer = io.BytesIO()
    segno.make(address, micro=False, error="m", boost_error=False).save(
        buffer, kind="svg", border=0, xmldecl=False, svgns=True, nl=False
    )
    return buffer.getvalue().decode()
