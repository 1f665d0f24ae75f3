# Run in an Odoo shell on a database with all our addons: a small co-op for the tests, the same at each run.
# Not the demo co-op, whose orders and numbers may change: here, every slot has ten places and there are fifty members.
MEMBERS = 60
PLACES = 10

france = env.ref("base.fr")
french = env.ref("base.lang_fr")
company = env.ref("base.main_company")
website = env["website"].search([], limit=1)
set_param = env["ir.config_parameter"].set_param
set_param("sale.async_emails", "True")
set_param("sale.automatic_invoice", "True")
website.write({"default_lang_id": french.id, "panier_members_only": True, "account_on_checkout": "mandatory"})
company.partner_id.tz = "Europe/Paris"
company.email = "epicerie@market.example"
env.ref("base.user_admin").write({"lang": "en_US", "tz": "Europe/Paris"})

# --- money: cards are played -----------------------------------------------------------------------------------
cards = env["payment.provider"].search([("code", "=", "demo")], limit=1)
cards.write({"state": "test", "is_published": True})
cards.payment_method_ids.active = True
cards.payment_method_ids = (
    cards.payment_method_ids.filtered(lambda method: method.code == "demo") or cards.payment_method_ids
)
cards.journal_id  # noqa: B018  (reading it makes Odoo create the line of the journal, as opening the provider's form does)
tax = env["account.tax"].search(
    [("type_tax_use", "=", "sale"), ("amount", "=", 5.5), ("price_include_override", "=", "tax_included")], limit=1
)

# --- goods -----------------------------------------------------------------------------------------------------
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

# --- two places, open day and night ----------------------------------------------------------------------------
places = env["panier.place"].create(
    [
        {
            "name": name,
            "tz": "Europe/Paris",
            "slot_minutes": 60,
            "capacity": PLACES,
            "horizon_days": 7,
            "lead_time_hours": 4,
            "opening_ids": [(0, 0, {"weekday": str(day), "hour_from": 0, "hour_to": 24}) for day in range(7)],
        }
        for name in ("Boutique", "Annexe")
    ]
)
places._generate_slots()
carriers = env["delivery.carrier"]
for place in places:
    carrier = env.ref("panier_order.delivery_carrier_pickup").copy()
    carrier.write({"name": place.name, "panier_place_id": place.id, "is_published": True, "fixed_price": 0.0})
    carriers += carrier
env["delivery.carrier"].search([("id", "not in", carriers.ids)]).write({"is_published": False})

# --- people: the password of everybody is "panier" -------------------------------------------------------------
statuses = {status.code: status for status in env["panier.member.status"].search([])}
preparer, referent, manager = (
    env.ref(f"panier_member.panier_member_group_{role}") for role in ("preparer", "referent", "manager")
)
portal, internal = env.ref("base.group_portal"), env.ref("base.group_user")
people = [(f"membre{number}", "up_to_date", portal) for number in range(1, MEMBERS + 1)]
people += [("suspendu", "suspended", portal), ("inconnu", None, portal)]
people += [("preparatrice", "up_to_date", portal | preparer), ("preparateur", "up_to_date", portal | preparer)]
people += [("referente", None, internal | referent), ("responsable", None, internal | manager)]
people += [("comptable", None, internal | env.ref("account.group_account_user"))]
people += [("caissiere", None, internal | env.ref("point_of_sale.group_pos_user"))]
partners = env["res.partner"].create(
    [
        {
            "name": f"{login.capitalize()} Dupré",
            "email": f"{login}@market.example",
            "phone": "+33 6 39 98 01 01",
            "street": "1 rue des Essais",
            "zip": "45000",
            "city": "Orléans",
            "country_id": france.id,
            "lang": "fr_FR",
            "tz": "Europe/Paris",
            "panier_status_id": status and statuses[status].id,
            "property_product_pricelist": False,
        }
        for login, status, _groups in people
    ]
)
users = (
    env["res.users"]
    .with_context(no_reset_password=True)
    .create(
        [
            {
                "login": login,
                "partner_id": partner.id,
                "group_ids": [(6, 0, groups.ids)],
                "lang": "fr_FR",
                "tz": "Europe/Paris",
            }
            for (login, _status, groups), partner in zip(people, partners)
        ]
    )
)
# One hash for all: sixty-six of them would take half a minute.
users[0].password = "panier"
env.flush_all()
env.cr.execute(
    "UPDATE res_users SET password = (SELECT password FROM res_users WHERE id = %s) WHERE id = ANY(%s)",
    (users[0].id, users.ids),
)
env.cr.commit()
