"""A member at the website: the steps of the checkout, as the browser sends them, without a browser."""

import time
from dataclasses import dataclass

from lxml import html
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from .visitor import Refused, Visitor


@dataclass
class PaymentForm:
    """What the payment page gives to its JavaScript."""

    amount: float
    route: str
    access_token: str
    landing_route: str
    options: dict  # provider code and payment method code → (provider id, payment method id)


# Two workers of Odoo let sixteen connections wait (`listen(8 * population)`); the kernel resets the
# seventeenth. A browser
# or a proxy comes again, and so do we. The answer to a request that was read is never asked for twice.
COME_AGAIN = Retry(total=8, connect=8, read=8, status=0, allowed_methods=None, backoff_factor=0.1)


class Shopper(Visitor):
    """One session at the website of a `Market`. Remembers the status of every answer in `statuses`."""

    def __init__(self, market, timeout=120):
        super().__init__(market.url, timeout)
        self.market = market
        self.name = None
        self.statuses = []
        self._csrf = None
        self.come_again()
        self.session.hooks["response"].append(
            lambda answer, **_: self.statuses.append((answer.status_code, answer.url))
        )

    def login(self, login, password):
        super().login(login, password)
        self.name = login
        self._csrf = None
        return self

    def tab(self):
        """Another tab of the same browser: the same session over connections of its own."""
        tab = Shopper(self.market, self.timeout)
        tab.session.cookies.update(self.session.cookies)
        tab.name, tab._csrf, tab.statuses = self.name, self._csrf, self.statuses
        return tab

    def give_up_at_once(self):
        """From now on, a connection that breaks is an error."""
        self.session.mount("http://", HTTPAdapter(max_retries=0))
        return self

    def come_again(self):
        """From now on, a connection that breaks is tried again, as at the beginning."""
        self.session.mount("http://", HTTPAdapter(max_retries=COME_AGAIN))
        return self

    def csrf_token(self):
        if not self._csrf or not self.name:
            self._csrf = super().csrf_token()
        return self._csrf

    # -- the steps ----------------------------------------------------------------------------------------------

    def fill_cart(self, *names, quantity=1):
        for name in names or ("Lentilles",):
            template, product = self.market.products[name]
            self.json("/shop/cart/add", product_template_id=template, product_id=product, quantity=quantity)
        return self

    @property
    def cart(self):
        """The id of this member's cart."""
        return self.market.number(
            "SELECT max(so.id) FROM sale_order so JOIN res_users u ON u.partner_id = so.partner_id"
            f" WHERE u.login = '{self.name}' AND so.state = 'draft' AND so.website_id IS NOT NULL"
        )

    def choose_collection(self, place="Boutique"):
        self.json("/shop/set_delivery_method", dm_id=self.market.carriers[place])
        return self

    def choose_slot(self, slot):
        """:return: the refusals, as dicts; empty when the place is held"""
        return self.json("/panier/checkout/choose", slot_id=slot)["refusals"]

    def ready_to_pay(self, slot, *goods):
        """Cart, delivery method and slot in one go.

        :return: the refusals of the slot
        """
        self.fill_cart(*goods)
        self.choose_collection()
        return self.choose_slot(slot)

    # -- paying -------------------------------------------------------------------------------------------------

    def payment_form(self, path="/shop/payment"):
        """The payment form of a page; None when the page has none (it says why instead)."""
        page = html.fromstring(self.get(path).content)
        forms = page.xpath("//form[@id='o_payment_form']")
        if not forms:
            return None
        data = forms[0].attrib
        radios = page.xpath("//input[@data-payment-option-type='payment_method']")
        options = {
            f"{radio.get('data-provider-code')}/{radio.get('data-payment-method-code')}": (
                int(radio.get("data-provider-id")),
                int(radio.get("data-payment-option-id")),
            )
            for radio in radios
        }
        return PaymentForm(
            float(data["data-amount"]),
            data["data-transaction-route"],
            data["data-access-token"],
            data["data-landing-route"],
            options,
        )

    def start_payment(self, form, option, **forged):
        """Create the transaction.

        :param option: the beginning of "provider code/method code": "demo", "panier_till"
        :return: Odoo's processing values
        """
        provider, method = next(ids for name, ids in form.options.items() if option in name)
        values = {
            "access_token": form.access_token,
            "provider_id": provider,
            "payment_method_id": method,
            "token_id": None,
            "amount": form.amount,
            "flow": "direct" if option == "demo" else "redirect",
            "tokenization_requested": False,
            "landing_route": form.landing_route,
            "is_validation": False,
        }
        return self.json(form.route, **{**values, **forged})

    def finish_online(self, reference, state="done"):
        """The bank says what became of the payment, then the status page asks Odoo to go on."""
        self.json("/payment/demo/simulate_payment", reference=reference, payment_details="1234", simulated_state=state)
        return self.poll()

    def finish_at_till(self, reference):
        self.post("/payment/custom/process", {"reference": reference}, csrf=False, allow_redirects=False)
        return self.poll()

    def poll(self, times=40):
        """Ask what became of the payment, again as long as Odoo answers "retry", as its status page does."""
        for attempt in range(times):
            try:
                return self.json("/payment/status/poll")
            except Refused as refused:
                if refused.message != "retry" or attempt + 1 == times:
                    raise
                time.sleep(0.25)
        return None

    def pay_online(self):
        return self.finish_online(self.start_payment(self.payment_form(), "demo")["reference"])

    def pay_at_till(self):
        return self.finish_at_till(self.start_payment(self.payment_form(), "panier_till")["reference"])
