"""Orders of the demo co-op, one at least in every state, made by the product's own actions.

Slots lie around today: baskets to come in the slots members can really book, baskets of the past in slots made here
(nobody can book those, which is the point).
"""

from datetime import timedelta

from odoo import Command, fields

#: member, basket (product: quantity), how it is paid, and the days until its slot (negative: past).
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
CANCELLED = ("member_nadege", {"red_wine": 1, "dark_chocolate": 2}, "card")

NOTES = {
    "member_odile": ("call", "Merci de me téléphoner si le fromage de chèvre manque."),
    "member_solene": ("similar", "Des carottes pas trop grosses, s'il vous plaît."),
}


def create_all(env):
    """Fill the demo shop with orders; for an empty database only."""
    place = env.ref("panier.place_shop")
    place._generate_slots()
    slots = iter(_next_slots(env, place, len(TO_COME) + 1))
    for member, basket, payment, state in TO_COME:
        _bring_to(_place_order(env, member, basket, payment, next(slots)), state)
    member, basket, payment = CANCELLED
    order = _place_order(env, member, basket, payment, next(slots))
    order.action_panier_cancel("Je ne serai finalement pas là samedi.")
    for member, basket, payment, state, days in PAST:
        slot = _past_slot(env, place, days)
        order = _place_order(env, member, basket, payment, slot)
        _bring_to(order, state)
        if state == "handed_over":
            order._panier_write({"panier_handed_over_at": slot.start + timedelta(minutes=12)})


def _next_slots(env, place, count):
    """The next bookable slots, two baskets in each of the first ones, so that the day looks like a day."""
    slots = env["panier.slot"].search(
        [("place_id", "=", place.id), ("order_before", ">", fields.Datetime.now()), ("closed", "=", False)],
        order="start",
        limit=count,
    )
    pairs = [slot for slot in slots for _pair in range(2)]
    return pairs[:count]


def _past_slot(env, place, days):
    start = fields.Datetime.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=days)
    return env["panier.slot"].create({
        "place_id": place.id,
        "start": start,
        "stop": start + timedelta(minutes=place.slot_minutes),
        "capacity": place.capacity,
        "load_capacity": place.load_capacity,
    })


def _place_order(env, member, basket, payment, slot):
    partner = env.ref(f"panier.{member}")
    carrier = env.ref("panier.carrier_shop")
    substitution, note = NOTES.get(member, ("none", False))
    order = env["sale.order"].create({
        "partner_id": partner.id,
        "website_id": env.ref("website.default_website").id,
        "panier_substitution": substitution,
        "panier_note": note,
        "order_line": [
            Command.create({"product_id": env.ref(f"panier.product_{product}").id, "product_uom_qty": quantity})
            for product, quantity in basket.items()
        ],
    })
    order._set_delivery_method(carrier)
    # Not `action_panier_choose_slot`: a slot of the past could not be chosen, and must exist in the demo.
    slot._capacity_hold(order, 1, load=order._panier_load(), minutes=60)
    order._panier_write({"panier_slot_id": slot.id})
    _pay(env, order, payment)
    return order


def _pay(env, order, payment):
    if payment == "till":
        order._panier_confirm_at_till()
        return
    provider = env.ref("payment.payment_provider_demo", raise_if_not_found=False)
    if not provider or provider.code != "demo":  # Odoo's demo provider is not installed: the till will do.
        order._panier_confirm_at_till()
        return
    transaction = env["payment.transaction"].create({
        "provider_id": provider.id,
        "payment_method_id": provider.payment_method_ids[:1].id,
        "amount": order.amount_total,
        "currency_id": order.currency_id.id,
        "partner_id": order.partner_invoice_id.id,
        "sale_order_ids": [Command.set(order.ids)],
    })
    transaction._set_done()
    transaction._post_process()


def _bring_to(order, state):
    """Prepare and hand over the basket as the people on duty would, up to ``state``."""
    basket = order.with_user(order.env.ref("panier.user_nadege"))
    if state == "to_prepare":
        return
    basket.action_panier_take()
    lines = order._panier_lines()
    if state == "preparing":
        for line in lines[:2]:
            basket.action_panier_mark_line(line.id, "done")
        return
    for line in lines:
        basket.action_panier_mark_line(line.id, "done")
    basket.action_panier_finish(bags=2, stored_at="Étagère B", stored_cold_at="Chambre froide, bac 4")
    if state == "handed_over":
        basket.action_panier_hand_over()
    elif state == "not_collected":
        order._panier_move("not_collected", "Délai de retrait passé")
