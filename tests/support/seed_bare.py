# Run in an Odoo shell on a database with Odoo's own modules only: the same shop as seed_market.py, without Panier.
# What the query counts of the suite are compared with.
env["ir.config_parameter"].set_param("sale.async_emails", "True")
env["ir.config_parameter"].set_param("sale.automatic_invoice", "True")
french, france = env.ref("base.lang_fr"), env.ref("base.fr")
company = env.ref("base.main_company")
company.partner_id.tz = "Europe/Paris"
company.email = "epicerie@market.example"
env["website"].search([], limit=1).write({"default_lang_id": french.id, "account_on_checkout": "mandatory"})
cards = env["payment.provider"].search([("code", "=", "demo")], limit=1)
cards.write({"state": "test", "is_published": True})
cards.payment_method_ids.active = True
cards.payment_method_ids = (
    cards.payment_method_ids.filtered(lambda method: method.code == "demo") or cards.payment_method_ids
)
cards.journal_id  # noqa: B018  (see seed_market.py)
till = env["payment.provider"].search([("code", "=", "custom")], limit=1)
till.write({"state": "enabled", "is_published": True})
tax = env["account.tax"].search(
    [("type_tax_use", "=", "sale"), ("amount", "=", 5.5), ("price_include_override", "=", "tax_included")], limit=1
)
goods = env["product.product"].create(
    [
        {
            "name": name,
            "type": "consu",
            "is_storable": True,
            "is_published": True,
            "list_price": price,
            "taxes_id": [(6, 0, tax.ids)],
            "barcode": f"37600{number:08}",
            "allow_out_of_stock_order": False,
        }
        for number, (name, price) in enumerate(
            [("Lentilles", 3.2), ("Savon", 2.5), ("Comté", 9.9), ("Riz", 1.8), ("Café", 6.0)]
        )
    ]
)
location = env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1).lot_stock_id
for product in goods:
    env["stock.quant"]._update_available_quantity(product, location, 100000)
service = env["product.product"].create(
    {"name": "Retrait", "type": "service", "list_price": 0, "sale_ok": False, "invoice_policy": "order"}
)
env["delivery.carrier"].search([]).write({"is_published": False})
env["delivery.carrier"].create(
    [
        {"name": name, "delivery_type": "fixed", "fixed_price": 0, "product_id": service.id, "is_published": True}
        for name in ("Boutique", "Annexe")
    ]
)
partners = env["res.partner"].create(
    [
        {
            "name": f"Membre{number} Dupré",
            "email": f"membre{number}@market.example",
            "phone": "+33 6 39 98 01 01",
            "street": "1 rue des Essais",
            "zip": "45000",
            "city": "Orléans",
            "country_id": france.id,
            "lang": "fr_FR",
            "tz": "Europe/Paris",
        }
        for number in (1, 2, 3)
    ]
)
env["res.users"].with_context(no_reset_password=True).create(
    [
        {
            "login": partner.email.partition("@")[0],
            "password": "panier",
            "partner_id": partner.id,
            "group_ids": [(6, 0, env.ref("base.group_portal").ids)],
            "lang": "fr_FR",
            "tz": "Europe/Paris",
        }
        for partner in partners
    ]
)
env.cr.commit()
