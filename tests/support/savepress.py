# Presses Enter on the virtual screen and says how many milliseconds later one line more was captured in a file: on the disk, as
# another program sees it. Before that it waits until the line that was typed is kept: what the fingers were ahead is no part of it.
#   savepress.py FILE LINE
import ctypes
import sqlite3
import sys
import time

WITHIN = 30.0
x11 = ctypes.CDLL("libX11.so.6")
xtst = ctypes.CDLL("libXtst.so.6")
x11.XOpenDisplay.restype = ctypes.c_void_p
x11.XStringToKeysym.restype = ctypes.c_ulong
display = ctypes.c_void_p(x11.XOpenDisplay(None))
enter = x11.XKeysymToKeycode(display, ctypes.c_ulong(x11.XStringToKeysym(b"Return")))
file = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)


def captured():
    return file.execute("SELECT count(*) FROM captures WHERE touchpoint_id IS NOT NULL").fetchone()[0]


def kept():
    row = file.execute("SELECT text FROM unsaved_lines WHERE key = 'line'").fetchone()
    return row is not None and row[0] == sys.argv[2]


typed = time.monotonic()
while not kept():
    if time.monotonic() - typed > WITHIN:
        sys.exit("The line was not kept")
    time.sleep(0.01)
before = captured()
begun = time.monotonic()
xtst.XTestFakeKeyEvent(display, enter, 1, 0)
xtst.XTestFakeKeyEvent(display, enter, 0, 0)
x11.XFlush(display)
while captured() == before:
    if time.monotonic() - begun > WITHIN:
        sys.exit("Nothing was captured")
    time.sleep(0.001)
print(f"{(time.monotonic() - begun) * 1000:.0f}")
