"""Asks a time-stamp server (RFC 3161) and the certificate authorities, for a bounded time only."""

import time
from asyncio import to_thread
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import requests
from asn1crypto import pem, tsp
from asn1crypto import x509 as asn1_x509
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import set_tsp_headers
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.fetchers.api import Fetchers
from pyhanko_certvalidator.fetchers.common_utils import FetchBudget
from pyhanko_certvalidator.fetchers.requests_fetchers import (
    RequestsCertificateFetcher,
    RequestsCRLFetcher,
    RequestsFetcherBackend,
    RequestsOCSPFetcher,
)

from .seal_keys import Delayed, SealError

CONNECT, READ, WHOLE = 5, 10, 20  # seconds
TRUST_HOLDS = 600  # seconds
MOST_BYTES = 256 * 1024
# Lists of revoked certificates of large authorities have some megabytes.
MOST_FETCHED = 16 * 1024 * 1024
AWAY = "Peladen stempel waktu tidak menjawab, sehingga pakta belum disegel."
REFUSED = "Peladen stempel waktu menolak permintaan (HTTP {status}), sehingga pakta belum disegel."
RUBBISH = "Jawaban peladen stempel waktu tidak dapat dibaca, sehingga pakta belum disegel."
NO_ROOTS = "Berkas sertifikat akar (SEAL_TRUST_ROOTS) tidak dapat dibaca."


class StampMissing(Delayed):
    """The time-stamp server gives no stamp now."""


class TooLarge(requests.RequestException):
    """More came than any answer needs."""


class BoundedTimeStamper(TimeStamper):
    """A client that waits for seconds, reads no more than a stamp needs, and follows nowhere."""

    def __init__(self, url, read=READ):
        super().__init__()
        self.url, self.read = url, read

    async def async_timestamp(self, message_digest, md_algorithm):
        """The stamp for a digest. Raises StampMissing."""
        try:
            return await super().async_timestamp(message_digest, md_algorithm)
        except (OSError, ValueError, TypeError, LookupError, AttributeError) as error:
            # What comes out of an answer that is no time stamp, or one for something else.
            raise StampMissing(RUBBISH) from error

    async def async_request_tsa_response(self, req):
        """The server's answer to one request. Raises StampMissing."""
        return await to_thread(self._ask, req.dump())

    def _ask(self, body):
        try:
            with requests.post(
                self.url,
                data=body,
                headers=set_tsp_headers({}),
                timeout=(CONNECT, self.read),
                allow_redirects=False,
                stream=True,
            ) as response:
                if response.status_code != requests.codes.ok:
                    raise StampMissing(REFUSED.format(status=response.status_code))
                answer = _read(response, MOST_BYTES)
        except TooLarge as error:
            raise StampMissing(RUBBISH) from error
        except (requests.RequestException, OSError) as error:
            raise StampMissing(AWAY) from error
        return tsp.TimeStampResp.load(answer, strict=True)


def _read(response, most):
    """The body of at most so many bytes. Raises TooLarge, and Timeout if it comes too slowly."""
    begun, answer = time.monotonic(), bytearray()
    for piece in response.iter_content(chunk_size=1024):
        answer += piece
        if len(answer) > most:
            raise TooLarge
        if time.monotonic() - begun > WHOLE:
            raise requests.Timeout
    return bytes(answer)


class BoundedFetching:
    """Asks an authority, and reads no more of its answer than a long list of certificates needs."""

    def _get(self, url, *, acceptable_content_types):
        headers = {"Accept": ",".join(acceptable_content_types)}
        return to_thread(self._fetch_whole, "GET", url, headers)

    def _post(self, url, data, *, content_type, acceptable_content_types):
        headers = {"Accept": ",".join(acceptable_content_types), "Content-Type": content_type}
        return to_thread(self._fetch_whole, "POST", url, headers, data)

    def _fetch_whole(self, method, url, headers, data=None):
        headers |= {"User-Agent": self.user_agent}
        timeout = (CONNECT, self.per_request_timeout)
        with requests.request(
            method, url, data=data, headers=headers, timeout=timeout, stream=True
        ) as response:
            if response.status_code != requests.codes.ok:
                raise requests.RequestException(f"status code {response.status_code}")
            return Answer(_read(response, MOST_FETCHED), response.headers)


@dataclass(frozen=True)
class Answer:
    """What is read of a response by those who fetch."""

    content: bytes
    headers: Mapping


class BoundedOCSPFetcher(BoundedFetching, RequestsOCSPFetcher):
    """Asks whether one certificate is revoked."""


class BoundedCRLFetcher(BoundedFetching, RequestsCRLFetcher):
    """Fetches lists of revoked certificates."""


class BoundedCertificateFetcher(BoundedFetching, RequestsCertificateFetcher):
    """Fetches the certificates of issuers."""


class BoundedFetchers(RequestsFetcherBackend):
    """pyHanko's own way to fetch, with bodies that have an end."""

    def get_fetchers(self):
        given = {
            "per_request_timeout": self.per_request_timeout,
            "budget": FetchBudget(self.limits),
        }
        return Fetchers(
            ocsp_fetcher=BoundedOCSPFetcher(**given),
            crl_fetcher=BoundedCRLFetcher(**given),
            cert_fetcher=BoundedCertificateFetcher(**given),
        )


@lru_cache(maxsize=2)
def timestamper(url):
    """The client for a server: how large its stamps are is asked once in the life of a process."""
    return BoundedTimeStamper(url)


def trust_in(roots_file, now):
    """`vouching` for a while: what was fetched for one pact serves the next ones as well."""
    return vouching(roots_file, int(now.timestamp() // TRUST_HOLDS))


@lru_cache(maxsize=1)
def vouching(roots_file, span):
    """What vouches for certificates up to the roots in a PEM file, fetching what tells of their
    revocation; made anew for each `span` of time. Raises SealError.
    """
    try:
        content = roots_file.read_bytes()
        roots = [
            asn1_x509.Certificate.load(der) for _, _, der in pem.unarmor(content, multiple=True)
        ]
    except (OSError, ValueError) as error:
        raise SealError(NO_ROOTS) from error
    return ValidationContext(
        trust_roots=roots,
        allow_fetching=True,
        revocation_mode="require",
        fetcher_backend=BoundedFetchers(per_request_timeout=READ),
    )


def forget():
    """Begin anew with server and authorities: after a failure they may have changed."""
    timestamper.cache_clear()
    vouching.cache_clear()
