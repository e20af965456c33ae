"""Reads what leaves Hallway with readers that are not ours, and says as JSON what it found.

Tables: the rows. Workbooks: the rows, and no cell may be a formula. Cards: of each, what it says by property. JSON: as it
is. Tables in Markdown: the rows, as a page shows them.
"""

import csv
import json
import re
import sys

import openpyxl
import vobject


def table(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, strict=True))


def workbook(path):
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["People"], book.sheetnames
    rows = []
    for row in book.active.iter_rows():
        for cell in row:
            assert cell.data_type in ("s", "n", "inlineStr"), (cell.coordinate, cell.data_type, cell.value)
            assert cell.value is None or cell.data_type != "n", (cell.coordinate, cell.value)
        rows.append([cell.value or "" for cell in row])
    return rows


def cards(path):
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    for line in text.split("\r\n"):
        assert len(line.encode("utf-8")) <= 75, line
        assert "\r" not in line and "\n" not in line, line
    found = []
    for card in vobject.readComponents(text):
        card.validate()
        found.append([card.fn.value, card.email.value, card.note.value if hasattr(card, "note") else ""])
    return found


def objects(path):
    def once(pairs):
        assert len({name for name, _ in pairs}) == len(pairs), pairs
        return dict(pairs)

    with open(path, encoding="utf-8", newline="") as file:
        return json.load(file, object_pairs_hook=once)


def markdown(path):
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    assert "\r" not in text and text.endswith("\n")
    rows = []
    for line in text[:-1].split("\n"):
        # A bar with a backslash before it is a sign, and so is the second of two backslashes.
        cells = re.findall(r"((?:\\.|[^\\|])*)\|", line)
        assert cells[0] == "" and "".join(cell + "|" for cell in cells) == line, line
        rows.append(cells[1:])
    assert all(cell == " --- " for cell in rows[1]), rows[1]
    assert len({len(row) for row in rows}) == 1, rows
    shown = []
    for row in [rows[0], *rows[2:]]:
        for cell in row:
            assert cell.startswith(" ") and cell.endswith(" "), cell
            # What would be a tag, a character reference or emphasis has a backslash before it.
            bare = re.sub(r"\\.|<br>", "", cell)
            assert not re.search(r"[<>&*_`\[\]~#]", bare), cell
        signs = [re.sub(r"\\(.)|<br>", lambda m: m[1] or "\n", cell[1:-1]) for cell in row]
        shown.append(signs)
    return shown


READERS = {"csv": table, "xlsx": workbook, "vcf": cards, "json": objects, "md": markdown}
json.dump([READERS[path.rsplit(".", 1)[1]](path) for path in sys.argv[1:]], sys.stdout)
