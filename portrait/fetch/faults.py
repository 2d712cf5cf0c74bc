"""Failures of the network, in sentences of ours, and which of them are worth another attempt."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import requests
from urllib3 import exceptions as lower

from portrait.errors import FetchFailed, Sentence
from portrait.fetch.addresses import malformed

BY_HAND = Sentence(
    "Réessayez plus tard, ou téléchargez le fichier autrement et donnez-le avec --from.",
    "Try again later, or download the file by other means and give it with --from.",
)
_CERTIFICATES = {
    9: Sentence("il n’est pas encore valide", "it is not valid yet"),
    10: Sentence("il est expiré", "it has expired"),
    18: Sentence("aucune autorité connue ne l’a signé", "no known authority signed it"),
    19: Sentence("aucune autorité connue ne l’a signé", "no known authority signed it"),
    20: Sentence("aucune autorité connue ne l’a signé", "no known authority signed it"),
    62: Sentence("il est au nom d’un autre serveur", "it names another server"),
}
"""Why a certificate is refused, by the error codes of OpenSSL (`openssl verify`)."""


class Transient(Exception):
    """A failure worth another attempt, after at least `seconds`."""

    def __init__(self, found: Sentence, seconds: float = 0.0) -> None:
        super().__init__(found)
        self.found = found
        self.seconds = seconds


@contextmanager
def translated(address: str) -> Iterator[None]:
    """Raise the errors of the network libraries as `Transient` or `FetchFailed`, without their text."""
    try:
        yield
    except (requests.exceptions.SSLError, lower.SSLError) as error:
        raise FetchFailed(address, _about_certificate(error), BY_HAND) from error
    except (requests.Timeout, lower.TimeoutError, TimeoutError) as error:
        raise Transient(
            Sentence("le serveur ne répond pas à temps.", "the server does not respond in time.")
        ) from error
    except requests.exceptions.InvalidProxyURL as error:
        raise FetchFailed(
            address,
            Sentence("l’adresse du mandataire n’est pas valide.", "the address of the proxy is not valid."),
            Sentence(
                "Corrigez la variable HTTPS_PROXY ou HTTP_PROXY.",
                "Fix the variable HTTPS_PROXY or HTTP_PROXY.",
            ),
        ) from error
    except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, UnicodeError) as error:
        raise malformed(address, address) from error
    except requests.exceptions.InvalidHeader as error:
        raise FetchFailed(
            address,
            Sentence("la réponse annonce deux longueurs.", "the response announces two lengths."),
            BY_HAND,
        ) from error
    except (requests.ConnectionError, OSError, lower.HTTPError) as error:
        raise Transient(_about_connection(error)) from error


def _about_connection(error: BaseException) -> Sentence:
    """Return what failed, from the causes of an error."""
    causes = list(_causes(error))
    if any(isinstance(each, lower.ProxyError) for each in causes):
        return Sentence(
            "le mandataire (proxy) ne laisse pas passer la requête.",
            "the proxy does not let the request pass.",
        )
    if any(isinstance(each, lower.NameResolutionError) for each in causes):
        return Sentence("le nom du serveur est inconnu.", "the name of the server is not known.")
    if any(isinstance(each, lower.NewConnectionError) for each in causes):
        return Sentence("la connexion échoue.", "the connection fails.")
    if any(isinstance(each, (lower.IncompleteRead, http.client.IncompleteRead)) for each in causes):
        return Sentence(
            "la réponse est plus courte que la longueur annoncée.",
            "the response is shorter than its announced length.",
        )
    return Sentence(
        "la réponse n’est pas conforme au protocole HTTP, ou elle est coupée.",
        "the response does not follow the HTTP protocol, or it is cut off.",
    )


def _about_certificate(error: BaseException) -> Sentence:
    codes = [each.verify_code for each in _causes(error) if isinstance(each, ssl.SSLCertVerificationError)]
    if not codes:
        return Sentence(
            "la connexion chiffrée (TLS) échoue.", "the encrypted connection (TLS) could not be made."
        )
    reason = _CERTIFICATES.get(codes[0], Sentence(f"code {codes[0]}", f"code {codes[0]}"))
    return Sentence(
        f"le certificat du serveur est refusé : {reason.fr}.",
        f"the certificate of the server is refused: {reason.en}.",
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and those that it wraps, whichever way its library wraps them."""
    waiting, seen = [error], set[int]()
    while waiting:
        current = waiting.pop()
        if id(current) not in seen:
            seen.add(id(current))
            yield current
            wrapped = (
                current.__cause__,
                current.__context__,
                getattr(current, "reason", None),
                *current.args,
            )
            waiting += [each for each in wrapped if isinstance(each, BaseException)]
