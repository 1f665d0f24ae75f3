from . import (
    panier_member_status,
    panier_member_status_change,
    panier_member_status_mapping,
    payment_transaction,
    res_company,
    res_config_settings,
    res_partner,
    res_partner_rule,
    sale_order,
    sale_order_payment,
    website,
)
