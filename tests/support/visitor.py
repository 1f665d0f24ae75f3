"""A person at the website or an RPC client, over HTTP."""

import re

import requests

CSRF = re.compile(r'name="csrf_token" value="([^"]+)"|csrf_token: "([^"]+)"')


class Refused(Exception):
    """Odoo answered a JSON request with an error.

    :ivar kind: the exception's class as Odoo names it, "odoo.exceptions.UserError"
    :ivar message: what the user reads
    """

    def __init__(self, error):
        data = error.get("data") or {}
        self.kind = data.get("name", "")
        self.message = data.get("message") or error.get("message", "")
        super().__init__(f"{self.kind}: {self.message}")


class Visitor:
    """One session with a server: cookies, CSRF token, login.

    member = Visitor(server.url).login("lea@example.org", "lea")
    member.get("/my").ok
    member.call("sale.order", "search_count", [])
    member.json("/shop/cart/add", product_template_id=1, product_id=1, quantity=2)
    """

    def __init__(self, url, timeout=60):
        self.url = url
        self.timeout = timeout
        self.session = requests.Session()

    def get(self, path, **options):
        return self.session.get(self.url + path, timeout=self.timeout, **options)

    def post(self, path, data=None, csrf=True, **options):
        """Post a form; with `csrf`, with the session's token as a page of ours would."""
        data = dict(data or {})
        if csrf:
            data["csrf_token"] = self.csrf_token()
        return self.session.post(self.url + path, data=data, timeout=self.timeout, **options)

    def csrf_token(self):
        page = self.get("/web/login").text if not self.session.cookies else self.get("/contactus").text
        match = CSRF.search(page) or CSRF.search(self.get("/web/login").text)
        assert match, "no CSRF token in the page"
        return match[1] or match[2]

    def login(self, login, password):
        """:raises AssertionError: when the login is refused"""
        answer = self.post("/web/login", {"login": login, "password": password})
        assert answer.ok and not answer.url.split("?")[0].endswith("/web/login"), f"{login} cannot log in"
        return self

    def json(self, route, **params):
        """Call a jsonrpc route.

        :raises Refused: when Odoo answers with an error
        """
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = self.session.post(self.url + route, json=body, timeout=self.timeout)
        answer.raise_for_status()
        content = answer.json()
        if "error" in content:
            raise Refused(content["error"])
        return content.get("result")

    def call(self, model, method, *args, **kwargs):
        """Call a model's public method as the web client does, which says each time what language its user reads."""
        kwargs = {"context": {"lang": "fr_FR"}, **kwargs}
        return self.json(
            f"/web/dataset/call_kw/{model}/{method}", model=model, method=method, args=args, kwargs=kwargs
        )
