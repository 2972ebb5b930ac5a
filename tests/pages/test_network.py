"""Forty-five hosts that lead inside are refused, four that don't are let through."""

from __future__ import annotations

import ipaddress

import ada_url
import pytest

from typo_reports.pages.fetch import Rules, fetch
from typo_reports.pages.fetch_error import FetchError
from typo_reports.pages.network import is_public, safe_addresses

DANGEROUS = [
    "127.0.0.1",
    "127.1.2.3",
    "0.0.0.0",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.127.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "017700000001",
    "127.1",
    "127。0。0。1",
    "１２７.0.0.1",
    "①②⑦.0.0.1",
    "[::]",
    "[::1]",
    "[::127.0.0.1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:10.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::1]",
    "[2002:7f00:1::]",
    "[2001::1]",
    "[2001:db8::1]",
    "[fc00::1]",
    "[fd12:3456::1]",
    "[fe80::1]",
    "[fec0::1]",
    "[ff02::1]",
    "[100::1]",
]
HARMLESS = ["93.184.216.34", "1.1.1.1", "[2606:4700:4700::1111]", "[2a00:1450:4001:80b::200e]"]


def test_there_are_as_many_as_promised() -> None:
    assert len(set(DANGEROUS)) == 45
    assert len(HARMLESS) == 4


@pytest.mark.parametrize("host", DANGEROUS)
def test_a_host_that_leads_inside_is_refused(host: str) -> None:
    # As strict as can be: the site has registered it, and it is written as browsers read it.
    url = ada_url.URL(f"http://{host}/")
    rules = Rules(frozenset({url.origin}), "TypoReports/1.0")
    with pytest.raises(FetchError) as caught:
        fetch(url.href, rules)
    assert caught.value.reason == "refused"


@pytest.mark.parametrize("host", DANGEROUS)
def test_a_name_with_an_address_inside_is_refused(host: str) -> None:
    address = ada_url.URL(f"http://{host}/").hostname.strip("[]")
    with pytest.raises(FetchError) as caught:
        safe_addresses("paper.example", 443, seconds=1, resolve=lambda _h, _p: [address])
    assert caught.value.reason == "refused"


@pytest.mark.parametrize("host", HARMLESS)
def test_a_public_host_is_let_through(host: str) -> None:
    name = ada_url.URL(f"http://{host}/").hostname
    assert safe_addresses(name, 80, seconds=1) == [host.strip("[]")]


def test_names_of_this_machine_are_refused() -> None:
    with pytest.raises(FetchError):
        safe_addresses("localhost", 80, seconds=2)


def test_an_opened_network_counts_for_addresses_written_out_and_localhost_only() -> None:
    inside = (ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("127.0.0.0/8"))
    assert safe_addresses("10.1.2.3", 80, private=inside, seconds=1) == ["10.1.2.3"]
    looked_up = safe_addresses(
        "localhost", 80, private=inside, seconds=1, resolve=lambda _h, _p: ["127.0.0.1"]
    )
    assert looked_up == ["127.0.0.1"]
    for host, answer in (("intranet.example", "10.1.2.3"), ("192.168.0.1", "192.168.0.1")):
        with pytest.raises(FetchError):
            safe_addresses(
                host, 80, private=inside, seconds=1, resolve=lambda _h, _p, a=answer: [a]
            )


@pytest.mark.parametrize("answer", ["fe80::1%eth0", "2606:4700::1%1", "nonsense", ""])
def test_odd_answers_of_the_resolver_are_refused(answer: str) -> None:
    with pytest.raises(FetchError):
        safe_addresses("paper.example", 80, seconds=1, resolve=lambda _h, _p: [answer])


def test_a_host_without_an_address_or_a_resolver_that_fails_is_unreachable() -> None:
    def fail(_host: str, _port: int) -> list[str]:
        raise OSError("no such host")

    for resolve in (fail, lambda _h, _p: []):
        with pytest.raises(FetchError) as caught:
            safe_addresses("paper.example", 80, seconds=1, resolve=resolve)
        assert caught.value.reason == "unreachable"


def test_the_first_and_last_address_around_a_forbidden_network_are_public() -> None:
    for text in ("9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "223.255.255.255"):
        assert is_public(ipaddress.ip_address(text)), text
