"""What the addresses of dashboards and public pages are asked with, for the table of access."""


def _open_ceremony(world):
    return {"uuid": world.open_ceremony.uuid}


ARGUMENTS = {
    "ceremony-dashboard": _open_ceremony,
    "campaign-dashboard": lambda world: {"uuid": world.campaign.uuid},
    "public-page-settings": _open_ceremony,
    "public-page-show": _open_ceremony,
    "public-page-hide": lambda world: {"uuid": world.public_page.ceremony.uuid},
    "public-page": lambda world: {"slug": world.public_page.slug},
    "public-picture": lambda world: {"slug": world.public_page.slug},
}
DATA = {"public-page-show": lambda world: {"slug": "apel-2023"}}
