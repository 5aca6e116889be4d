"""Brings a ledger's head to a witness, with aics-tlog and aics-witness:

    python feed.py TILES LOG_VKEY WITNESS WITNESS_VKEY STATE [CHECKPOINT]

Checkpoint (if none is given) and consistency proofs are read from the tiles.
Prints the cosigned checkpoint once it verifies; ends with 1, and says why,
where the witness refuses.
"""

import sys

from aics_tlog import (
    HttpTileReader,
    consistency_proof_from_tiles,
    parse_note,
    parse_vkey,
    verify_checkpoint,
)
from aics_witness.feeder import FeederError, WitnessClient, merge_cosignatures


def main(tiles: str, log_vkey: str, witness: str, witness_vkey: str, state: str, file: str = "") -> None:
    reader = HttpTileReader(tiles)
    if file:
        with open(file, "rb") as note_file:
            note = note_file.read()
    else:
        note = reader.read_checkpoint()

    def proof(old: int, new: int) -> list[bytes]:
        return consistency_proof_from_tiles(reader, old, new)

    with WitnessClient(witness, witness_vkey, state_path=state, max_attempts=1) as client:
        try:
            lines = client.submit(note, proof)
        except FeederError as refused:
            sys.exit(f"{type(refused).__name__}: {refused}")
    cosigned = merge_cosignatures(note, lines)
    head = verify_checkpoint(parse_note(cosigned), parse_vkey(log_vkey), [parse_vkey(witness_vkey)], 1)
    if not head.ok:
        sys.exit(head.error)
    sys.stdout.write(cosigned.decode())


main(*sys.argv[1:])
