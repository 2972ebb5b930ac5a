"""Sites: keys, origins, who may reach them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.services.people import NOW, add_people
from typo_reports.domain.errors import ConflictError, InvalidFieldsError
from typo_reports.services import accounts, sites
from typo_reports.storage import sites as stored
from typo_reports.storage.models import Site, SiteOrigin


def add(
    session: Session,
    name: str = "Daily Planet",
    *,
    origins: Sequence[str] = ("https://planet.example",),
    key: str | None = None,
) -> Site:
    return sites.add_site(session, name=name, origins=origins, key=key, now=NOW)


def origins_of(session: Session, site: Site) -> list[str]:
    found = select(SiteOrigin.origin).where(SiteOrigin.site_id == site.id)
    return sorted(session.scalars(found))


def test_the_key_is_made_from_the_name_and_is_unique(session: Session) -> None:
    assert [add(session).key for _ in range(3)] == [
        "daily-planet",
        "daily-planet-2",
        "daily-planet-3",
    ]


def test_a_long_name_still_gives_keys_of_their_own(session: Session) -> None:
    keys = [add(session, "x" * 100).key for _ in range(11)]
    assert len(set(keys)) == 11
    assert max(map(len, keys)) == 64


def test_a_site_called_new_gets_another_key_than_the_form(session: Session) -> None:
    assert add(session, "New").key == "new-2"


def test_a_given_key_is_taken_as_it_is_and_only_once(session: Session) -> None:
    assert add(session, key="dp").key == "dp"
    with pytest.raises(InvalidFieldsError) as refusal:
        add(session, key="dp")
    assert [(e.field, e.code) for e in refusal.value.errors] == [("key", "taken")]


def test_two_processes_that_add_the_same_key_make_one_site(session: Session) -> None:
    add(session, key="dp")
    with pytest.raises(ConflictError):
        stored.add(session, key="dp", name="Other", origins=["https://a.example"], now=NOW)
    assert add(session, key="other").id


def test_origins_are_kept_in_normal_form_each_once(session: Session) -> None:
    given = ["https://Planet.example:443/", "https://planet.example", " ", "http://bücher.example"]
    assert origins_of(session, add(session, origins=given)) == [
        "http://xn--bcher-kva.example",
        "https://planet.example",
    ]


def test_everything_that_is_wrong_is_named_at_once(session: Session) -> None:
    with pytest.raises(InvalidFieldsError) as refusal:
        add(session, "", origins=["null", "https://fine.example", "*"], key="A B")
    assert [error.field for error in refusal.value.errors] == ["name", "key", "origins", "origins"]
    assert sites.list_sites(session) == []


def test_a_site_without_an_origin_is_refused(session: Session) -> None:
    with pytest.raises(InvalidFieldsError) as refusal:
        add(session, origins=["", "  "])
    assert [(e.field, e.code) for e in refusal.value.errors] == [("origins", "required")]


def test_a_hundred_and_one_origins_are_too_many(session: Session) -> None:
    with pytest.raises(InvalidFieldsError) as refusal:
        add(session, origins=[f"https://{n}.example" for n in range(101)])
    assert refusal.value.errors[0].code == "too-many"


def test_origins_can_be_changed(session: Session) -> None:
    site = add(session, origins=["https://a.example", "https://b.example"])
    sites.set_origins(session, site, ["https://b.example", "https://c.example"])
    assert origins_of(session, site) == ["https://b.example", "https://c.example"]
    assert not sites.is_registered_origin(session, "https://a.example")
    assert sites.is_registered_origin(session, "https://c.example")


def test_refused_origins_leave_the_old_ones(session: Session) -> None:
    site = add(session)
    with pytest.raises(InvalidFieldsError):
        sites.set_origins(session, site, ["https://*.example"])
    assert origins_of(session, site) == ["https://planet.example"]


def test_a_change_is_all_or_nothing(session: Session) -> None:
    site = add(session)
    with pytest.raises(InvalidFieldsError) as refusal:
        sites.change(session, site, name="Other", origins=["*"], template="javascript:1")
    assert [error.field for error in refusal.value.errors] == ["origins", "edit_url_template"]
    assert (site.name, site.edit_url_template) == ("Daily Planet", None)
    sites.change(
        session,
        site,
        name="Other",
        origins=["https://other.example"],
        template="https://cms.example/{slug}",
    )
    assert (site.name, site.edit_url_template) == ("Other", "https://cms.example/{slug}")


def test_a_site_is_renamed_and_keeps_its_key(session: Session) -> None:
    site = add(session)
    sites.rename(session, site, "The Planet")
    sites.set_edit_url_template(session, site, "https://cms.example/{url}")
    found = sites.site_by_key(session, "daily-planet")
    assert found is not None
    assert (found.name, found.edit_url_template) == ("The Planet", "https://cms.example/{url}")


@pytest.mark.parametrize("key", ["", "nope", "planet\x00", "x" * 5000, "пл", "planet%"])
def test_an_unknown_or_impossible_key_is_no_site(session: Session, key: str) -> None:
    add(session, key="planet")
    assert sites.site_by_key(session, key) is None


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "null",
        "https://planet.example.evil.example",
        "https://evilplanet.example",
        "http://planet.example",
        "https://planet.example:8443",
        "https://PLANET.example",
        "https://planet.example.",
        "https://planet.example\x00",
        "https://plänet.example",
        "https://planet.example\ud800",
    ],
)
def test_only_the_very_origin_is_registered(session: Session, origin: str) -> None:
    add(session)
    assert sites.is_registered_origin(session, "https://planet.example")
    assert not sites.is_registered_origin(session, origin)


def test_editors_reach_their_sites_and_admins_all(session: Session) -> None:
    people = add_people(session)

    def keys(editor_id: int) -> list[str]:
        return [site.key for site in sites.sites_of(session, editor_id)]

    assert keys(people.ann) == ["planet", "gazette"]
    assert keys(people.bob) == ["planet"]
    assert keys(people.eve) == ["gazette"]
    assert keys(999) == []


def test_members_whose_account_is_off_are_not_on_the_desk(session: Session) -> None:
    people = add_people(session)
    names = [member.editor.name for member in sites.members_of(session, people.planet)]
    assert names == ["Ann", "Bob"]
    accounts.editor_of_id(session, people.bob).is_active = False
    session.flush()
    assert [m.editor.name for m in sites.members_of(session, people.planet)] == ["Ann"]
