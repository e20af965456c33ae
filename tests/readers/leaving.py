"""Reads what leaves Hallway with readers that are not ours, and says as JSON what it found.

Tables: the rows. Workbooks: the rows, and no cell may be a formula. Cards: of each, what it says by property.
"""

import csv
import json
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


READERS = {"csv": table, "xlsx": workbook, "vcf": cards}
json.dump([READERS[path.rsplit(".", 1)[1]](path) for path in sys.argv[1:]], sys.stdout)
