"""Small documents to look at."""

import io

from reportlab.pdfgen.canvas import Canvas

A4 = (595.27, 841.89)
TURNED = (841.89, 595.27)


def a_pdf(*pages: tuple[str, ...], lying: frozenset[int] = frozenset()) -> bytes:
    """Pages of lines; those in `lying` are wider than high."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=True)
    for number, lines in enumerate(pages):
        size = TURNED if number in lying else A4
        canvas.setPageSize(size)
        for at, line in enumerate(lines):
            canvas.drawString(72, size[1] - 100 - 20 * at, line)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()
