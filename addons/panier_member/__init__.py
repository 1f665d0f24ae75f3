from . import controllers, models, wizard


def uninstall_hook(env):
    """Statuses are protected by what refers to them: let go of it first, so that the addon leaves without errors."""
    env.cr.execute("DELETE FROM panier_member_status_change")
    env.cr.execute("DELETE FROM panier_member_status_mapping")
    env.cr.execute("UPDATE res_partner SET panier_status_id = NULL WHERE panier_status_id IS NOT NULL")
    env.invalidate_all()
