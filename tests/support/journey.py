"""A walk through the shop in a browser, step by step: what the journeys of the members have in common."""

import contextlib
import re

# Words that would show that a French page is not all French.
ENGLISH = re.compile(
    r"\b(slots?|baskets?|Confirm|Choose|Your order|Hand[-"
    r" ]?over|Missing|Ready|Today|Tomorrow|Prepare|Undo|Finish|Find|Note:|"
    r"Collection code|Pay at the till|places? left|Not all of it|Kept for you|"
    r"[Cc]redits?|Left to pay|[Yy]ou pay)\b"
)


class Walk:
    """A window that notes every failed request and every complaint of the console."""

    def __init__(self, window):
        self.window, self.page = window, window.page
        self.failed, self.english = [], []
        self.offline = False
        self.page.on("response", self._on_response)
        self.page.on("requestfailed", self._on_failure)

    def _on_response(self, response):
        if response.status >= 400:
            self.failed.append(f"{response.status} {response.url}")

    def _on_failure(self, request):
        # A page that is left cancels what it was still loading.
        if not self.offline and request.failure != "net::ERR_ABORTED":
            self.failed.append(f"{request.failure} {request.url}")

    @contextlib.contextmanager
    def without_network(self):
        self.offline = True
        self.window.context.set_offline(True)
        errors = len(self.window.errors)
        try:
            yield
        finally:
            self.window.context.set_offline(False)
            del self.window.errors[errors:]  # the browser says that the network is away: it is
            self.offline = False

    def shot(self, name, full_page=False):
        self.page.wait_for_load_state("networkidle")
        self.window.screenshot(name, full_page)

    def note_english(self):
        """English words on the page; the walk goes on, to see all of them."""
        text = self.page.inner_text("#wrap" if self.page.query_selector("#wrap") else "main")
        if words := sorted(set(ENGLISH.findall(text))):
            self.english.append(f"{re.sub('.*:[0-9]+', '', self.page.url)}: {words}")

    def assert_clean(self):
        assert not self.failed, f"failed requests: {self.failed}"
        assert not self.window.errors, f"console: {self.window.errors}"
        assert not self.english, f"English on a French page: {self.english}"


def put_into_the_basket(page, count=3):
    """Add the first products of the shop, each from its own page."""
    page.goto("/shop")
    links = page.eval_on_selector_all(
        "#products_grid .oe_product_cart a[href*='/shop/']",
        "links => [...new Set(links.map(link => link.getAttribute('href').split('?')[0]))]",
    )
    links = [link for link in links if re.search(r"-\d+$", link)][:count]
    assert len(links) == count, "the shop shows too few products"
    for link in links:
        page.goto(link)
        with page.expect_response(lambda response: "/shop/cart/add" in response.url):
            page.click("#add_to_cart")


def choose_a_slot(page):
    """The first slot that is free on the first day that has one."""
    page.wait_for_selector("#panier_slot")
    if not page.query_selector("details.o_panier_slot_choice[open]"):
        page.click("details.o_panier_slot_choice summary")
    for tab in page.query_selector_all(".o_panier_day"):
        tab.click()
        slots = page.query_selector_all(".o_panier_day_panel button.o_panier_slot:not([aria-disabled])")
        if slot := next((each for each in slots if each.is_visible()), None):
            slot.click()
            page.wait_for_selector("[name=panier_slot_chosen]")
            return page.inner_text("[name=panier_slot_label]")
    raise AssertionError("no slot is free")


def order_of(site, login):
    return int(
        site.value(
            "SELECT max(so.id) FROM sale_order so JOIN res_users u ON u.partner_id = so.partner_id"
            f" WHERE u.login = '{login}' AND so.website_id IS NOT NULL"
        )
    )


def shop(member, name, count=3):
    """From the shop to the payment page. :return: the label of the slot"""
    page = member.page
    page.goto("/shop")
    member.shot(f"{name}-1-boutique")
    member.note_english()
    put_into_the_basket(page, count)
    page.goto("/shop/cart")
    member.shot(f"{name}-2-panier")
    member.note_english()
    page.goto("/shop/checkout")
    page.wait_for_selector("#panier_slot")
    member.shot(f"{name}-3-creneaux", full_page=True)
    member.note_english()
    label = choose_a_slot(page)
    page.fill("#panier_note", "Des bananes mûres, merci.")
    page.press("#panier_note", "Tab")
    member.shot(f"{name}-4-creneau-choisi", full_page=True)
    member.note_english()
    page.goto("/shop/payment")
    page.wait_for_selector("#o_payment_form")
    return label


def pay(member, provider):
    page = member.page
    chosen = "[data-provider-code='demo']" if provider == "demo" else "[data-payment-method-code='panier_till']"
    radio = page.locator(f"input[name=o_payment_radio]{chosen}").first
    page.click(f"label[for='{radio.get_attribute('id')}']")
    if provider == "demo":
        page.fill("input#customer_input, input[name=customer_input]", "4242 4242 4242 4242")
    return page.locator("button[name=o_payment_submit_button]:visible").first


def to_the_end_of_payment(member, provider, name):
    button = pay(member, provider)
    member.shot(f"{name}-5-paiement", full_page=True)
    member.note_english()
    button.click()
    member.page.wait_for_url("**/shop/confirmation", timeout=60_000)
    member.shot(f"{name}-6-confirmation", full_page=True)
    member.note_english()


def prepare(site, walk, order):
    """On a tablet: take it, all there but one line, the network goes away for a while, finish."""
    preparer = walk("tablet", "nadege")
    page = preparer.page
    form = f".pn_card form[action='/panier/prepare/{order}/take'] button"
    for path in ("/panier/prepare", "/panier/prepare?day=tomorrow"):
        page.goto(path)
        preparer.note_english()
        if page.query_selector(form):
            break
    preparer.shot("preparation-1-liste")
    page.click(form)
    page.wait_for_selector(".o_panier_basket[data-mine]")
    page.wait_for_selector(".pn_scan:not([hidden])")
    preparer.shot("preparation-2-panier")
    preparer.note_english()
    lines = page.query_selector_all(".pn_line")
    assert len(lines) >= 3
    missing, first, *others = lines
    first.query_selector(".pn_line_main").click()
    with preparer.without_network():
        missing.query_selector(".pn_less_open").click()
        missing.query_selector(".pn_reasons button").click()
        for line in others:
            line.query_selector(".pn_line_main").click()
        page.wait_for_selector(".pn_banner_wait:not([hidden])")
        preparer.window.screenshot("preparation-3-hors-ligne")
    page.wait_for_selector(".pn_banner_wait:not([hidden])", state="hidden")
    page.wait_for_selector(".pn_finish[aria-disabled=false]")
    marks = site.query(
        f"SELECT panier_mark, count(*) FROM sale_order_line WHERE order_id = {order} AND panier_mark"
        f" IS NOT NULL GROUP BY 1 ORDER BY 1"
    )
    assert marks == [["done", str(len(lines) - 1)], ["missing", "1"]], "taps were lost without network"
    page.click(".pn_finish")
    page.wait_for_selector(".o_panier_finish")
    preparer.shot("preparation-4-terminer")
    preparer.note_english()
    page.fill("#pn_where", "Étagère 3")
    page.click(".o_panier_finish button[type=submit]")
    page.wait_for_url("**/panier/prepare")
    preparer.shot("preparation-5-prete")
    assert site.value(f"SELECT panier_state FROM sale_order WHERE id = {order}") == "ready"


def hand_over(site, walk, code):
    """By the collection code, typed in small letters as people do."""
    preparer = walk("tablet", "nadege")
    page = preparer.page
    page.goto("/panier/hand-over")
    preparer.shot("remise-1-liste")
    preparer.note_english()
    page.fill("#pn_code", code.lower())
    page.press("#pn_code", "Enter")
    page.wait_for_selector("form.pn_hand_over")
    preparer.shot("remise-2-panier")
    preparer.note_english()
    if page.query_selector("input[name=till_paid]"):
        page.check("input[name=till_paid]")
    page.click("form.pn_hand_over button[type=submit]")
    page.wait_for_selector("a[href='/panier/hand-over'].pn_button")
    preparer.shot("remise-3-remis")
