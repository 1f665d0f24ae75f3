"""Orders of the demo co-op, one at least in every state, made by the product's own actions.

Slots lie around today: baskets to come in the slots members can really book, baskets of the past in slots made here
(nobody can book those, which is the point).
"""

from datetime import timedelta

from odoo import Command, fields
from odoo.tools import SQL

#: member, basket (product: quantity), how it is paid, the state it is brought to, and for those of the past the days.
TO_COME = [
    ("member_solene", {"carrots": 2, "country_loaf": 1, "comte": 1, "milk": 3, "apples": 2}, "card", "to_prepare"),
    ("member_theo", {"potatoes": 1, "onions": 1, "eggs": 2, "butter": 1}, "till", "to_prepare"),
    (
        "member_odile",
        {"leeks": 2, "mushrooms": 1, "goat_cheese": 1, "penne": 2, "tomato_sauce": 2, "olive_oil": 1},
        "till",
        "to_prepare",
    ),
    ("member_maud", {"green_lentils": 1, "rice": 2, "chickpeas": 2, "oat_drink": 4}, "card", "to_prepare"),
    ("member_nadege", {"tomatoes": 2, "lettuce": 1, "camembert": 1, "baguette": 2, "cider": 1}, "card", "preparing"),
    ("member_solene", {"bananas": 1, "muesli": 1, "coffee": 2, "honey": 1}, "card", "ready"),
    ("member_theo", {"toilet_paper": 1, "dish_soap": 1, "marseille_soap": 2, "sponges": 1}, "till", "ready"),
]
PAST = [
    ("member_maud", {"pears": 2, "hazelnut_spread": 1, "brioche": 1}, "card", "handed_over", -3),
    ("member_solene", {"garlic": 1, "lemons": 1, "sardines": 2, "mustard": 1}, "card", "handed_over", -9),
    ("member_theo", {"kuri_squash": 1, "flour": 1, "cane_sugar": 1}, "card", "not_collected", -2),
]
#: What the preparers did not find, or found too little of: it was paid for, hence an avoir.
SHORT = {
    "member_solene": {"sardines": ("missing", None, "Rupture"), "lemons": ("damaged", None, "Abîmés")},
    "member_maud": {"brioche": ("missing", None, "Pas livrée ce matin")},
}
#: Paid with what the preparers' shortage gave back, and by card for the rest.
WITH_CREDIT = ("member_maud", {"brioche": 1, "milk": 2, "apples": 1}, "credit")
CANCELLED = ("member_nadege", {"red_wine": 1, "dark_chocolate": 2}, "card")

NOTES = {
    "member_odile": ("call", "Merci de me téléphoner si le fromage de chèvre manque."),
    "member_solene": ("similar", "Des carottes pas trop grosses, s'il vous plaît."),
}


def create_all(env):
    """Fill the demo shop with orders; for an empty database only.

    Commits on its way: a place is taken in a transaction of its own (law 2), which sees committed slots only, and a
    slot whose places were counted there can be changed by a newer transaction only.
    """
    place = env.ref("panier.place_shop")
    place._generate_slots()
    own_slots = [_slot_of_its_own(env, place, number) for number in range(len(PAST))]
    env.cr.commit()  # pylint: disable=invalid-commit
    slots = _next_slots(env, place, len(TO_COME) + 1)
    for (member, basket, payment, state), slot in zip(TO_COME, slots, strict=False):
        _bring_to(_place_order(env, member, basket, payment, slot), state)
    member, basket, payment = CANCELLED
    _place_order(env, member, basket, payment, slots[-1]).action_panier_cancel("Je ne serai finalement pas là samedi.")
    past_orders = [_past_order(env, slot, *story) for story, slot in zip(PAST, own_slots, strict=True)]
    _place_order(env, *WITH_CREDIT, slots[-2])
    env.cr.commit()  # pylint: disable=invalid-commit
    for order, story in zip(past_orders, PAST, strict=True):
        _move_to_the_past(order, days=story[-1])


def _next_slots(env, place, count):
    """The next bookable slots, two baskets in each of the first ones, so that the day looks like a day."""
    slots = env["panier.slot"].search(
        [("place_id", "=", place.id), ("order_before", ">", fields.Datetime.now()), ("closed", "=", False)],
        order="start",
        limit=count,
    )
    pairs = [slot for slot in slots for _pair in range(2)]
    return pairs[:count]


def _slot_of_its_own(env, place, number):
    """A slot beyond what members can book, for a basket whose story is then moved to the past."""
    start = _full_hour() + timedelta(days=place.horizon_days + 30, hours=number)
    return env["panier.slot"].create(
        {
            "place_id": place.id,
            "start": start,
            "stop": start + timedelta(minutes=place.slot_minutes),
            "capacity": place.capacity,
            "load_capacity": place.load_capacity,
        }
    )


def _past_order(env, slot, member, basket, payment, state, _days):
    order = _place_order(env, member, basket, payment, slot)
    _bring_to(order, state, past=True)
    return order


def _move_to_the_past(order, days):
    """By SQL: the product rightly refuses to move a slot in which members have a place."""
    slot = order.panier_slot_id
    start = _full_hour() + timedelta(days=days)
    order.env.execute_query(
        SQL(
            "UPDATE panier_slot SET start = %(start)s, stop = %(stop)s, order_before = %(before)s WHERE id = %(slot)s"
            " RETURNING id",
            start=start,
            stop=start + timedelta(minutes=slot.place_id.slot_minutes),
            before=start - timedelta(hours=slot.place_id.lead_time_hours),
            slot=slot.id,
        )
    )
    slot.invalidate_recordset()
    slot.modified(["start"])
    order.commitment_date = start
    if order.panier_handed_over_at:
        order._panier_write({"panier_handed_over_at": start + timedelta(minutes=12)})


def _full_hour():
    """Eleven in the morning in Paris, winter and summer more or less: an hour at which shops are open."""
    return fields.Datetime.now().replace(hour=10, minute=0, second=0, microsecond=0)


def _place_order(env, member, basket, payment, slot):
    partner = env.ref(f"panier.{member}")
    carrier = env.ref("panier_order.delivery_carrier_pickup")
    substitution, note = NOTES.get(member, ("none", False))
    order = env["sale.order"].create(
        {
            "partner_id": partner.id,
            "website_id": env.ref("website.default_website").id,
            "panier_substitution": substitution,
            "panier_note": note,
            "order_line": [
                Command.create({"product_id": env.ref(f"panier.product_{product}").id, "product_uom_qty": quantity})
                for product, quantity in basket.items()
            ],
        }
    )
    order._set_delivery_method(carrier)
    order.action_panier_choose_slot(slot.id)
    _pay(env, order, payment)
    return order


def _pay(env, order, payment):
    if payment == "till":
        order._panier_confirm_at_till()
        return
    if payment == "credit":
        order._panier_hold_credit()
    provider = env.ref("payment.payment_provider_demo", raise_if_not_found=False)
    if not provider or provider.code != "demo":  # Odoo's demo provider is not installed: the till will do.
        order._panier_confirm_at_till()
        return
    transaction = env["payment.transaction"].create(
        {
            "provider_id": provider.id,
            "operation": "online_direct",
            "payment_method_id": provider.payment_method_ids[:1].id,
            "amount": order._panier_amount_due(),
            "currency_id": order.currency_id.id,
            "partner_id": order.partner_invoice_id.id,
            "sale_order_ids": [Command.set(order.ids)],
        }
    )
    transaction._set_done()
    transaction._post_process()


def _name_of(record):
    """The name of a demo record."""
    return record.get_external_id()[record.id].removeprefix("panier.")


def _bring_to(order, state, past=False):
    """Prepare and hand over the basket as the people on duty would, up to ``state``."""
    basket = order.with_user(order.env.ref("panier.user_nadege"))
    if state == "to_prepare":
        return
    basket.action_panier_take()
    lines = order._panier_lines()
    short = SHORT.get(_name_of(order.partner_id), {}) if past else {}
    if state == "preparing":
        for line in lines[:2]:
            basket.action_panier_mark_line(line.id, "done")
        return
    for line in lines:
        mark, quantity, reason = short.get(_name_of(line.product_id).removeprefix("product_"), ("done", None, None))
        basket.action_panier_mark_line(line.id, mark, quantity=quantity, reason=reason)
    basket.action_panier_finish(bags=2, stored_at="Étagère B", stored_cold_at="Chambre froide, bac 4")
    if state == "handed_over":
        basket.action_panier_hand_over()
    elif state == "not_collected":
        order._panier_move("not_collected", "Délai de retrait passé")
