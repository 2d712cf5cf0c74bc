"""Checks of web addresses, which people write and servers send."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from portrait.errors import FetchFailed, Sentence

CHECK_ADDRESS = Sentence(
    "Vérifiez l’adresse dans source.yml, sous « catalogue ».",
    "Check the address in source.yml, under “catalogue”.",
)
_SCHEMES = ("https", "http")
_LONGEST_SHOWN = 120  # characters of an address or of a header quoted in an error


def check_address(address: str, asked: str, *, came_from: str = "") -> None:
    """Refuse an address that is malformed, neither http nor https, or that leaves https.

    Parameters
    ----------
    address
        The address to check.
    asked
        The address of the source, quoted in the error.
    came_from
        The address that redirected to `address`, if any.

    Raises
    ------
    FetchFailed
        The address is malformed, or its scheme is not allowed.
    """
    try:
        parts = urlsplit(address)
        scheme, host, _ = parts.scheme, parts.hostname or "", parts.port
        host.encode("idna")  # as the look-up of its name will
    except ValueError:
        raise malformed(address, asked) from None
    allowed = ("https",) if came_from.lower().startswith("https:") else _SCHEMES
    if scheme not in allowed:
        raise FetchFailed(
            shown(asked),
            Sentence(
                f"l’adresse mène à {shown(address)}, dont le protocole n’est pas {' ou '.join(allowed)}.",
                f"the address leads to {shown(address)}, whose scheme is not {' or '.join(allowed)}.",
            ),
            CHECK_ADDRESS,
        )
    if not (host and address.isprintable()):
        raise malformed(address, asked)


def redirected(location: str, came_from: str, asked: str) -> str:
    """Return the address that a redirect leads to, from its ``Location`` header.

    Raises
    ------
    FetchFailed
        The header is malformed, or its scheme is not allowed.
    """
    try:
        # HTTP libraries read headers as Latin-1; the servers that send other letters mean UTF-8.
        following = urljoin(came_from, location.encode("latin-1").decode("utf-8"))
    except ValueError:
        raise malformed(location, asked) from None
    check_address(following, asked, came_from=came_from)
    return following


def malformed(address: str, asked: str) -> FetchFailed:
    """Return the error for an address that is not one."""
    return FetchFailed(
        shown(asked),
        Sentence(
            f"« {shown(address)} » n’est pas une adresse web valide.",
            f"“{shown(address)}” is not a valid web address.",
        ),
        CHECK_ADDRESS,
    )


def shown(text: str) -> str:
    """Return a text of a server as an error quotes it: cut, without control characters."""
    printable = "".join(each if each.isprintable() else "�" for each in text)
    return printable if len(printable) <= _LONGEST_SHOWN else f"{printable[: _LONGEST_SHOWN - 1]}…"
