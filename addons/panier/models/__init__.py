from . import panier_demo
