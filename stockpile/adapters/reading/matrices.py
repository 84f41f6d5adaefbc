"""The modules of a mark's Data Matrix, for whoever cuts it dot by dot."""

from __future__ import annotations

from typing import Any, cast

import zxingcpp

_DARK = 0


class ZxingMatrices:
    """Data Matrix symbols (ECC 200): the port `MatrixMaker`."""

    def modules(self, text: str) -> tuple[str, ...]:
        """Return the symbol's rows from the top, ``#`` dark, without quiet zone.

        The smallest square that holds the text; nothing for no text, or for more than any square
        holds. What is not ASCII is encoded as UTF-8 and says so (ECI 26), so that the bytes read
        back are the text's own in every alphabet. A machine that makes the symbol itself may make
        one of another size.
        """
        if not text:
            return ()
        kind = zxingcpp.BarcodeFormat.DataMatrix
        said = {} if text.isascii() else {"eci": "UTF-8"}
        try:
            drawn = zxingcpp.create_barcode(text, kind, forceSquare=True, **said)
        except ValueError:
            return ()
        # Any: the stubs hide that the image is a buffer.
        image = cast("Any", drawn.to_image(scale=1, add_quiet_zones=False))
        _, columns = image.shape
        bits = "".join("#" if one == _DARK else "." for one in memoryview(image).tobytes())
        return tuple(bits[start : start + columns] for start in range(0, len(bits), columns))
