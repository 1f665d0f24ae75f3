"""What of ours can be reached from outside, asked of the running registry:
a route or a method nobody listed is found."""

SCRIPT = """
import inspect

OURS = "odoo.addons.panier"

def module_of(function):
    while hasattr(function, "func"):
        function = function.func
    return getattr(function, "__module__", "") or ""

routes = []
for rule in env["ir.http"].routing_map().iter_rules():
    endpoint = rule.endpoint
    if not module_of(endpoint).startswith(OURS):
        continue
    routing = endpoint.routing
    routes.append({
        "path": rule.rule, "type": routing.get("type"), "auth": routing.get("auth"),
        "methods": sorted(routing.get("methods") or []), "readonly": bool(routing.get("readonly")),
        "function": getattr(endpoint, "__name__", "") or getattr(getattr(endpoint, "func", None), "__name__", ""),
    })

def is_public(model, name, function):
    return not name.startswith("_") and inspect.isroutine(function) and not getattr(function, "_api_private", False)

models, methods = {}, []
for model_name in sorted(env.registry):
    cls = env.registry[model_name]
    for base in reversed(cls.__mro__):
        if not base.__module__.startswith(OURS):
            continue
        if getattr(base, "_name", None) == model_name:
            models[model_name] = {"transient": cls._transient, "abstract": cls._abstract}
        for name, function in vars(base).items():
            if is_public(cls, name, function) and not name in ("create", "write", "unlink", "copy", "read", "search"):
                methods.append((model_name, name))
result = {"routes": routes, "models": models, "methods": sorted(set(methods))}
"""


def discover(site):
    """:return: ``{"routes": […], "models": {name: …}, "methods": [(model, name), …]}`` of our addons"""
    return site.shell(SCRIPT)
