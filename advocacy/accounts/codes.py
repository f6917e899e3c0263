"""The picture that an authenticator app scans."""

from __future__ import annotations

import qrcode
from django.utils.html import format_html

QUIET_ZONE = 4  # modules of white around it (ISO/IEC 18004)


def qr_code(text: str) -> str:
    """An SVG of plain paths: the site's policy lets no style stand in a page."""
    code = qrcode.QRCode(border=QUIET_ZONE, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, is_dark in enumerate(row)
        if is_dark
    )
    return format_html(
        '<svg class="qr-code" viewBox="0 0 {0} {0}" shape-rendering="crispEdges" aria-hidden="true">'
        '<path fill="#fff" d="M0 0h{0}v{0}H0z"/><path fill="#000" d="{1}"/></svg>',
        len(rows),
        path,
    )
