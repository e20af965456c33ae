# Presses keys of the virtual screen and says how many milliseconds later a spot of it looks different, and how many later
# the window of a title has the keyboard. Speaks to X itself: a program that is started for it would count as waiting.
#   keypress.py KEYS X Y TITLE    for example: keypress.py ctrl+shift+space 720 210 "Log a conversation"
import ctypes
import sys
import time

x11 = ctypes.CDLL("libX11.so.6")
xtst = ctypes.CDLL("libXtst.so.6")
for name in ("XOpenDisplay", "XGetImage"):
    getattr(x11, name).restype = ctypes.c_void_p
x11.XDefaultRootWindow.restype = ctypes.c_ulong
x11.XStringToKeysym.restype = ctypes.c_ulong
x11.XGetPixel.restype = ctypes.c_ulong
x11.XGetImage.argtypes = [ctypes.c_void_p, ctypes.c_ulong] + [ctypes.c_int] * 4 + [ctypes.c_ulong, ctypes.c_int]
x11.XGetPixel.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int]
NAMES = {"ctrl": "Control_L", "shift": "Shift_L", "alt": "Alt_L", "super": "Super_L", "space": "space"}
ALL_PLANES, Z_PIXMAP, WITHIN = 0xFFFFFFFF, 2, 5.0

display = ctypes.c_void_p(x11.XOpenDisplay(None))
root = x11.XDefaultRootWindow(display)


def pixel(x, y):
    image = ctypes.c_void_p(x11.XGetImage(display, root, x, y, 1, 1, ALL_PLANES, Z_PIXMAP))
    seen = x11.XGetPixel(image, 0, 0)
    x11.XDestroyImage(image)
    return seen


def title(window):
    name = ctypes.c_char_p()
    if x11.XFetchName(display, ctypes.c_ulong(window), ctypes.byref(name)) and name.value:
        return name.value.decode()
    return ""


def focused():
    window, revert = ctypes.c_ulong(), ctypes.c_int()
    x11.XGetInputFocus(display, ctypes.byref(window), ctypes.byref(revert))
    # Some toolkits keep the keyboard in a window within the one that has the title.
    at = window.value
    while at > 1 and at != root:
        if title(at):
            return title(at)
        top, parent, kids, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_void_p(), ctypes.c_uint()
        if not x11.XQueryTree(display, ctypes.c_ulong(at), ctypes.byref(top), ctypes.byref(parent), ctypes.byref(kids), ctypes.byref(count)):
            break
        at = parent.value
    return ""


def press(keys):
    codes = [x11.XKeysymToKeycode(display, ctypes.c_ulong(x11.XStringToKeysym(NAMES.get(key, key).encode()))) for key in keys]
    for code in codes:
        xtst.XTestFakeKeyEvent(display, code, 1, 0)
    for code in reversed(codes):
        xtst.XTestFakeKeyEvent(display, code, 0, 0)
    x11.XFlush(display)


keys, x, y, wanted = sys.argv[1].split("+"), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
# A window that is gone between two questions is no reason to end.
handler = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda _display, _error: 0)
x11.XSetErrorHandler(handler)
before = pixel(x, y)
begun = time.monotonic()
press(keys)
drawn = typed = None
while (drawn is None or typed is None) and time.monotonic() - begun < WITHIN:
    if drawn is None and pixel(x, y) != before:
        drawn = time.monotonic() - begun
    if typed is None and focused() == wanted:
        typed = time.monotonic() - begun
    time.sleep(0.001)
if drawn is None or typed is None:
    sys.exit(f"Nothing came: drawn {drawn}, keyboard {typed}")
print(f"{drawn * 1000:.0f} {typed * 1000:.0f}")
