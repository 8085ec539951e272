"""The fake town's public routes, on a port of its own."""

import threading
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from tests.fakes.town.client import FakeClient
    from tests.fakes.town.town import FakeTown


class PublicRoutes:
    def __init__(self, town: "FakeTown") -> None:
        handler = type("Handler", (_Handler,), {"town": town})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    town: "FakeTown"

    def do_GET(self) -> None:  # http.server's name
        client, kind, rest = self._place()
        if kind == "go":
            message, _, link = rest.partition(".")
            with self.town.lock:
                target = client.follow(message, int(link), self.headers.get("user-agent", ""))
            if target.startswith("file:"):
                target = f"{client.url}/files/0/{target[5:]}"
            self._answer(302, "", location=target)
        elif kind == "unsubscribe":
            self._answer(
                200,
                '<!doctype html><html lang="en"><title>Unsubscribe</title><h1>No more letters?</h1>'
                '<form method="post"><button>Unsubscribe</button></form></html>',
            )
        elif kind == "files":
            self._answer(200, f"<!doctype html><title>{escape(rest)}</title><h1>A file</h1>")
        elif kind == "activity":
            self._answer(200, "/* a script */", kind="text/javascript")
        else:
            self._answer(404, "nothing")

    def do_POST(self) -> None:  # http.server's name
        client, kind, rest = self._place()
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if kind == "activity":
            self._answer(202, "{}", kind="application/json")
            return
        values = dict(parse_qsl(body.decode(), keep_blank_values=True))
        if kind == "unsubscribe":
            how = "one-click" if "List-Unsubscribe" in values else "page"
            with self.town.lock:
                client.unsubscribe(rest, how)
            self._answer(
                200, "<!doctype html><html lang=en><title>Done</title><h1>Done</h1></html>"
            )
            return
        with self.town.lock:
            wrong = client.submit(rest, values)
            self.town.settle()
        form = next(one for one in client.forms() if one.form == rest)
        if not wrong:
            self._answer(303, "", location=f"{form.redirect}?submission=1")
            return
        fields = "".join(
            f'<p><label for="{one.name}">{escape(one.label)}</label> <input id="{one.name}" '
            f'name="{one.name}" value="{escape(values.get(one.name, ""))}"> '
            f"{escape(wrong.get(one.name, ''))}</p>"
            for one in form.fields
        )
        self._answer(
            422,
            f'<!doctype html><html lang="en"><title>Once more</title><h1>Please look again</h1>'
            f'<form method="post" action="{client.url}/forms/{rest}">{fields}'
            f"<button>{escape(form.submit)}</button></form></html>",
        )

    def log_message(self, *_args: object) -> None:
        """Quiet."""

    def _place(self) -> tuple["FakeClient", str, str]:
        client, kind, rest = (self.path.partition("?")[0].strip("/") + "//").split("/", 2)
        return self.town.people[client], kind, rest.strip("/").rpartition("/")[2]

    def _answer(self, status: int, html: str, location: str = "", kind: str = "text/html") -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(html.encode())))
        self.end_headers()
        self.wfile.write(html.encode())
