# A desktop as programs meet it on the session bus: somebody who shows notifications, and a tray. A test asks over HTTP
# what they were told, and clicks for the person. Says its address once it is ready.
#   desktop.py [notifications] [tray]
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

NOTES = "org.freedesktop.Notifications"
WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"


class Notifications(dbus.service.Object):
    def __init__(self, bus):
        super().__init__(bus, "/org/freedesktop/Notifications")
        self.shown = []

    @dbus.service.method(NOTES, in_signature="susssasa{sv}i", out_signature="u")
    def Notify(self, program, replaces, icon, summary, body, actions, hints, timeout):
        self.shown.append({"summary": str(summary), "body": str(body), "actions": [str(action) for action in actions]})
        return len(self.shown)

    @dbus.service.method(NOTES, out_signature="as")
    def GetCapabilities(self):
        return ["actions", "body"]

    @dbus.service.method(NOTES, out_signature="ssss")
    def GetServerInformation(self):
        return ("desktop", "test", "1", "1.2")

    @dbus.service.method(NOTES, in_signature="u")
    def CloseNotification(self, number):
        self.NotificationClosed(number, 3)

    @dbus.service.signal(NOTES, signature="us")
    def ActionInvoked(self, number, action):
        pass

    @dbus.service.signal(NOTES, signature="uu")
    def NotificationClosed(self, number, reason):
        pass

    def click(self, number):
        self.ActionInvoked(number, "default")
        self.NotificationClosed(number, 2)


class Watcher(dbus.service.Object):
    """Keeps where the icons are; a program that registers may name its path alone."""

    def __init__(self, bus):
        super().__init__(bus, "/StatusNotifierWatcher")
        self.items = []

    @dbus.service.method(WATCHER, in_signature="s", sender_keyword="sender")
    def RegisterStatusNotifierItem(self, item, sender=None):
        self.items.append((sender, str(item) if item.startswith("/") else "/StatusNotifierItem"))
        self.StatusNotifierItemRegistered(item)

    @dbus.service.method(WATCHER, in_signature="s")
    def RegisterStatusNotifierHost(self, host):
        pass

    @dbus.service.signal(WATCHER, signature="s")
    def StatusNotifierItemRegistered(self, item):
        pass

    def properties(self):
        names = dbus.Array([sender + path for sender, path in self.items], signature="s")
        return {"IsStatusNotifierHostRegistered": True, "ProtocolVersion": 0, "RegisteredStatusNotifierItems": names}

    @dbus.service.method(dbus.PROPERTIES_IFACE, in_signature="ss", out_signature="v")
    def Get(self, interface, name):
        return self.properties()[name]

    @dbus.service.method(dbus.PROPERTIES_IFACE, in_signature="s", out_signature="a{sv}")
    def GetAll(self, interface):
        return self.properties()


class Icon:
    """The newest icon in the tray, asked on a connection of its own."""

    def __init__(self, sender, path):
        self.item = dbus.Interface(asking.get_object(sender, path, introspect=False), dbus.PROPERTIES_IFACE)
        self.menu = dbus.Interface(asking.get_object(sender, path + "/Menu", introspect=False), MENU)

    def look(self):
        told = self.item.GetAll(ITEM)
        label = told.get("XAyatanaLabel", "")
        return {"status": str(told["Status"]), "label": str(label), "menu": [label for _, label in self.lines()]}

    def lines(self):
        _, (_, _, children) = self.menu.GetLayout(0, -1, dbus.Array([], signature="s"))
        lines = [(int(number), str(about.get("label", ""))) for number, about, _ in children]
        return [(number, label.replace("_", "")) for number, label in lines if label]

    def click(self, label):
        number = next(number for number, words in self.lines() if words.startswith(label))
        self.menu.Event(number, "clicked", dbus.Int32(0, variant_level=1), dbus.UInt32(0))


dbus.mainloop.glib.threads_init()
dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
bus, asking = dbus.SessionBus(), dbus.SessionBus(private=True)
notifications, watcher = Notifications(bus), Watcher(bus)
held = {}


def stand(name, service):
    held[name] = dbus.service.BusName(service, bus, do_not_queue=True)


SERVICES = {"notifications": NOTES, "tray": WATCHER}
for wanted in sys.argv[1:]:
    stand(wanted, SERVICES[wanted])


def answer(asked):
    what = asked["what"]
    if what == "notifications":
        return notifications.shown
    if what == "click":
        GLib.idle_add(lambda: notifications.click(asked["number"]))
    elif what == "begin":
        GLib.idle_add(lambda: stand(asked["service"], SERVICES[asked["service"]]))
    elif what == "tray":
        return Icon(*watcher.items[-1]).look() if watcher.items else None
    elif what == "menu":
        Icon(*watcher.items[-1]).click(asked["label"])
    return None


class Door(BaseHTTPRequestHandler):
    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        try:
            status, told = 200, answer(asked)
        except Exception as error:  # Whatever it was, the test shall read it.
            status, told = 500, str(error)
        text = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


door = ThreadingHTTPServer(("127.0.0.1", 0), Door)
threading.Thread(target=door.serve_forever, daemon=True).start()
print(f"ready http://127.0.0.1:{door.server_port}", flush=True)
GLib.MainLoop().run()
