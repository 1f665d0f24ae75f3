"""Names that the data files and the code share."""

#: `payment.provider.custom_mode` of "pay at the till".
TILL_MODE = "panier_till"

#: Payment methods that the till provider activates.
TILL_METHOD_CODES = {"panier_till"}
