# Another program that has taken Ctrl Shift Space for itself. Says so, and keeps it until it is ended.
import ctypes
import signal

x11 = ctypes.CDLL("libX11.so.6")
x11.XOpenDisplay.restype = ctypes.c_void_p
x11.XDefaultRootWindow.restype = ctypes.c_ulong
display = ctypes.c_void_p(x11.XOpenDisplay(None))
root = ctypes.c_ulong(x11.XDefaultRootWindow(display))
SPACE, SHIFT, CONTROL, ASYNCHRONOUSLY = 0x20, 1, 4, 1
code = x11.XKeysymToKeycode(display, ctypes.c_ulong(SPACE))
x11.XGrabKey(display, code, CONTROL | SHIFT, root, 1, ASYNCHRONOUSLY, ASYNCHRONOUSLY)
x11.XSync(display, 0)
print("taken", flush=True)
signal.pause()
