"""The demo co-op's books and website: what depends on the chart of accounts and cannot be plain XML."""

import base64

from odoo.tools import file_open

FOOD_VAT = "tva_reduite_ttc"
OTHER_VAT = "tva_normale_ttc"

#: The colours of the co-op, and fonts that every machine has: no member's browser is sent to a font service.
COLORS = {
    "o-color-1": "#2F6B4F",
    "o-color-2": "#C8643C",
    "o-color-3": "#F6F1E7",
    "o-color-4": "#FFFFFF",
    "o-color-5": "#22332B",
}
FONT = "'SYSTEM_FONTS'"
SCSS = "/website/static/src/scss/options/"


def set_up(env):
    """Make the main company the demo co-op, a French one, with a members-only shop in French."""
    company = env.ref("base.main_company")
    french_books = env["ir.module.module"]._get("l10n_fr_account").state in ("installed", "to install", "to upgrade")
    if french_books and not company.chart_template:
        env["account.chart.template"].try_loading("fr", company, install_demo=False)
    _set_up_website(env)
    _set_up_payment(env)


def _set_up_website(env):
    website = env.ref("website.default_website")
    french = env["res.lang"]._activate_lang("fr_FR")
    english = env["res.lang"]._activate_lang("en_US")
    website.write(
        {
            "name": "La Ruelle",
            "language_ids": [(6, 0, (french | english).ids)],
            "default_lang_id": french.id,
            "homepage_url": "/shop",
            "panier_members_only": True,
            "account_on_checkout": "mandatory",
            "show_line_subtotals_tax_selection": "tax_included",
            "logo": _image("panier/static/img/la_ruelle_logo.png"),
        }
    )
    website.company_id.logo = website.logo
    assets = env["website.assets"].with_context(website_id=website.id)
    assets.make_scss_customization(SCSS + "colors/user_color_palette.scss", COLORS)
    assets.make_scss_customization(
        SCSS + "user_values.scss",
        {"font": FONT, "headings-font": FONT, "navbar-font": FONT, "buttons-font": FONT},
    )
    env.ref("base.group_user")._apply_group(env.ref("website_sale.group_show_uom_price"))
    # The website builder's placeholders: a telephone nobody answers, a button to a form, somebody else's networks.
    for view in ("header_text_element", "header_call_to_action", "header_social_links"):
        env.ref(f"website.{view}").active = False
    # Odoo publishes a method of its own: this shop only has ours.
    env.ref("delivery.free_delivery_carrier").is_published = False


def _image(path):
    with file_open(path, "rb") as file:
        return base64.b64encode(file.read())


def _set_up_payment(env):
    """Odoo's demo provider where it is installed: cards are played, no money moves."""
    provider = env.ref("payment.payment_provider_demo", raise_if_not_found=False)
    if provider and provider.code == "demo":
        provider.write({"state": "test", "is_published": True})
        provider.payment_method_ids.active = True


def set_up_products(env):
    """Give each demo product its French tax, included in the price (5.5 % on food, 20 % on the rest)."""
    products = env["product.template"].search([("panier_shelf", "!=", False)])
    food, other = _tax(env, FOOD_VAT), _tax(env, OTHER_VAT)
    if not (food and other):
        return
    full_rate = products.filtered(lambda product: _is_full_rate(product.categ_id))
    full_rate.taxes_id = other
    (products - full_rate).taxes_id = food


def _tax(env, name):
    tax = env.ref(f"account.{env.ref('base.main_company').id}_{name}", raise_if_not_found=False)
    if tax:
        tax.active = True
    return tax


def _is_full_rate(category):
    return category.get_external_id()[category.id].endswith("_vat20")
