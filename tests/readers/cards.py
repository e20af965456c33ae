"""Reads address cards with vobject, and says as JSON every property of each: its name, its parameters, what it says."""

import io
import json
import sys

import vobject
from vobject.base import getLogicalLines, textLineToContentLine


def said(value):
    return {part: each for part, each in vars(value).items() if each} if hasattr(value, "__dict__") else value


def addresses(text):
    """A URL is one address (RFC 2426); of a value with commas this reader keeps the first part, so its lines are asked."""
    found = []
    for line, number in getLogicalLines(io.StringIO(text)):
        said = textLineToContentLine(line, number)
        if said.name == "BEGIN":
            found.append([])
        elif said.name == "URL":
            found[-1].append(["URL", said.params, said.value])
    return found


def cards(path):
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    found = []
    for card, urls in zip(vobject.readComponents(text), addresses(text), strict=True):
        card.validate()
        others = [[one.name, one.params, said(one.value)] for one in card.getChildren() if one.name != "URL"]
        found.append(others + urls)
    return found


json.dump([cards(path) for path in sys.argv[1:]], sys.stdout)
