# Run in an Odoo shell on a database with `base` only; MODULES is set by database.py.
# The company's country decides the chart of accounts that `account` installs.
france = env.ref("base.fr")
euro = env.ref("base.EUR")
euro.active = True
env.ref("base.main_company").write({"name": "Panier", "country_id": france.id, "currency_id": euro.id})
env.ref("base.user_admin").tz = "Europe/Paris"
env["ir.module.module"].search([("name", "in", MODULES)]).button_immediate_install()
env.cr.commit()
