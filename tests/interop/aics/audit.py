"""Reads a whole ledger with aics-tlog: python audit.py TILES VKEY

TILES is a URL or a folder. Every tile and every entry is proven to belong to
the signed checkpoint; ends with 1, and says why, where one is not.
"""

import json
import sys

from aics_tlog import HttpTileReader, audit_tiles, parse_note, parse_vkey, verify_checkpoint
from aics_tlog.remote import tile_source_url


def main(tiles: str, vkey: str) -> None:
    reader = HttpTileReader(tile_source_url(tiles))
    head = verify_checkpoint(parse_note(reader.read_checkpoint()), parse_vkey(vkey))
    if not head.ok:
        sys.exit(head.error)
    try:
        report = audit_tiles(reader, head.size, head.root)
    except Exception as refused:
        sys.exit(f"{type(refused).__name__}: {refused}")
    print(json.dumps({"size": report.size, "tiles": report.tiles, "bundles": report.bundles}))


main(*sys.argv[1:])
