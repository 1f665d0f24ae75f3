from . import (
    panier_place,
    panier_place_days,
    panier_place_exception,
    panier_place_opening,
    panier_place_plan,
    panier_place_preview,
    panier_slot,
    panier_slot_refusal,
    res_company,
    res_config_settings,
)
