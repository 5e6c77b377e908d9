"""Ids that other collections give a concept, as (collection, id), and their addresses."""

from __future__ import annotations

from urllib.parse import quote, unquote

ADDRESSES = {
    "wikidata": "https://www.wikidata.org/wiki/",
    "geonames": "https://www.geonames.org/",
    "viaf": "https://viaf.org/viaf/",
    "osm": "https://www.openstreetmap.org/",
}
SPELLINGS = {"http://www.wikidata.org/entity/": "wikidata", "https://www.wikidata.org/entity/": "wikidata"}
ADDRESS = "address"  # any other page


def of(address: str) -> tuple[str, str]:
    for base, collection in ({url: name for name, url in ADDRESSES.items()} | SPELLINGS).items():
        if address.startswith(base):
            return collection, unquote(address[len(base) :])
    return ADDRESS, address


def address(collection: str, id: str) -> str:
    """'' when there is none."""
    if collection in ADDRESSES:
        return ADDRESSES[collection] + quote(id)
    return id if collection == ADDRESS and id.startswith(("http://", "https://")) else ""
