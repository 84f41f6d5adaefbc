"""The peer's client: the documents as notes, pushed to Anki's own sync server; needs ``anki``.

    python anki_push.py DOCUMENTS URL FOLDER

Runs with the interpreter that has the package; prints the seconds and what the server holds. The
collection is uploaded empty first, so that what is measured is the exchange of new notes alone.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from anki.collection import Collection


def whole(collection, auth, *, upload: bool) -> None:
    collection.close_for_full_sync()
    collection.full_upload_or_download(auth=auth, server_usn=None, upload=upload)
    collection.reopen(after_full_sync=True)


def main(documents: Path, url: str, folder: Path) -> None:
    collection = Collection(str(folder / "mine.anki2"))
    auth = collection.sync_login("u", "p", url)
    collection.sync_collection(auth, sync_media=False)
    whole(collection, auth, upload=True)
    model = collection.models.by_name("Basic")
    for number, line in enumerate(documents.read_text(encoding="utf-8").splitlines()):
        note = collection.new_note(model)
        note["Front"], note["Back"] = str(number), line
        collection.add_note(note, 1)
    begun = time.perf_counter()
    collection.sync_collection(auth, sync_media=False)
    seconds = time.perf_counter() - begun
    collection.close()
    other = Collection(str(folder / "other.anki2"))
    whole(other, auth, upload=False)
    print(json.dumps({"seconds": seconds, "held": other.note_count()}))
    other.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
