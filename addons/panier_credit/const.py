"""Names and durations of spending credit (ADR 0041)."""

PROVIDER_CODE = "member_credit"

#: Credit on its way: held while the card is being paid, then waiting for the invoice it settles.
HELD_STATES = ("draft", "pending", "authorized")

#: How long credit is kept aside for a payment that nobody finishes (issue: "abandoned").
HOLD_MINUTES = 30
