"""`iom users`: the first administrator, invitations, roles and lost passwords, from the server itself."""

import json
from datetime import datetime

import click
from sqlalchemy.orm import Session

from iom.accounts import entering, factors, people, queries, roles
from iom.accounts import texts as accounts_texts
from iom.accounts.entering import LIVES
from iom.accounts.kinds import CodePurpose
from iom.accounts.models import Account
from iom.accounts.people import AddPerson
from iom.accounts.roles import Grant, Unit
from iom.cli import context, users_texts
from iom.core import audit, clock
from iom.core.actor import Role, UnitKind
from iom.core.database import transaction
from iom.core.errors import Refused
from iom.organizations import tree_queries
from iom.organizations.models import Region
from iom.policy import Action

ROLES = click.Choice([role.value for role in Role])
UNIT_HELP = "school:CODE, municipality:CODE or provider:NAME; empty for the whole region"


@click.group()
def users() -> None:
    """People and how they sign in: add, role, reset."""


@users.command()
@click.argument("login")
@click.option("--last-name", required=True)
@click.option("--first-name", required=True)
@click.option("--middle-name", default="")
@click.option("--role", "role_name", type=ROLES, default=Role.ADMIN.value, show_default=True)
@click.option("--unit", default="", help=UNIT_HELP)
@click.option("--region", "region_code", required=True, help="code of the region")
@click.option("--region-name", default="", help="makes the region when there is none with this code")
@click.option("--json", "as_json", is_flag=True)
def add(
    login: str,
    last_name: str,
    first_name: str,
    middle_name: str,
    role_name: str,
    unit: str,
    region_code: str,
    region_name: str,
    as_json: bool,
) -> None:
    """Add a person with LOGIN and a role, and print a link that works once.

    The first administrator's link lives an hour, any other three days.
    """
    now = clock.now()
    with transaction(context.engine()) as session:
        region = _region(session, region_code, region_name)
        is_first = role_name == Role.ADMIN and not queries.has_signed_in_admin(session, region.id)
        purpose = CodePurpose.FIRST_ADMIN if is_first else CodePurpose.INVITATION
        with _Said():
            account = people.new_account(session, region.id, AddPerson(last_name, first_name, middle_name, login), now)
            cmd = Grant(account.person_id, Role(role_name), _unit(session, region, unit))
            roles.grant_at_once(session, region.id, cmd, now)
        token = entering.issue(session, account, purpose, None, now)
        _record(session, Action.ACCOUNT_INVITE, account, region.id, f"{role_name} {purpose}")
    _show_link(account, token, purpose, now, as_json)


@users.command()
@click.argument("login")
@click.argument("role_name", metavar="ROLE", type=ROLES)
@click.option("--unit", default="", help=UNIT_HELP)
@click.option("--revoke", is_flag=True, help="take the role away instead")
@click.option("--json", "as_json", is_flag=True)
def role(login: str, role_name: str, unit: str, revoke: bool, as_json: bool) -> None:
    """Give LOGIN the ROLE, in force at once, or take it away."""
    now = clock.now()
    with transaction(context.engine()) as session:
        account = _account(session, login)
        region = tree_queries.get_region(session, account.person.region_id)
        cmd = Grant(account.person_id, Role(role_name), _unit(session, region, unit))
        with _Said():
            if revoke:
                roles.revoke_at_once(session, cmd, now)
            else:
                roles.grant_at_once(session, region.id, cmd, now)
        _record(session, Action.ROLE_GRANT, account, region.id, f"{'revoked' if revoke else 'granted'} {role_name}")
    said = {"login": account.login, "role": role_name, "unit": unit, "revoked": revoke}
    click.echo(json.dumps(said, ensure_ascii=False) if as_json else users_texts.ROLE_TAKEN if revoke else users_texts.ROLE_GIVEN)


@users.command()
@click.argument("login")
@click.option("--factor", is_flag=True, help="switch the second factor off too")
@click.option("--json", "as_json", is_flag=True)
def reset(login: str, factor: bool, as_json: bool) -> None:
    """Print a link by which LOGIN sets a new password; it works once, for half an hour."""
    now = clock.now()
    with transaction(context.engine()) as session:
        account = _account(session, login)
        if factor:
            factors.turn_off(session, None, account, now)
        with _Said():
            token = entering.issue(session, account, CodePurpose.RESET, None, now)
        _record(session, Action.CODE_ISSUE, account, account.person.region_id, str(CodePurpose.RESET))
    _show_link(account, token, CodePurpose.RESET, now, as_json)


class _Said:
    """Turns a refusal of the domain into one sentence and code 1; nothing is kept."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Refused):
            context.fail(accounts_texts.REFUSAL[error.reason])


def _region(session: Session, code: str, name: str) -> Region:
    region = tree_queries.find_region(session, code)
    if region is None and name:
        region = Region(code=code, name=name)
        session.add(region)
        session.flush()  # the person hangs on it
    if region is None:
        context.fail(users_texts.no_region(code))
    return region


def _unit(session: Session, region: Region, text: str) -> Unit:
    """Return the unit that `kind:code` names."""
    if not text:
        return Unit(UnitKind.REGION)
    kind, _, code = text.partition(":")
    if kind not in {UnitKind.SCHOOL, UnitKind.MUNICIPALITY, UnitKind.PROVIDER}:
        context.fail(users_texts.no_unit(text))
    found = tree_queries.find_unit_id(session, region.id, UnitKind(kind), code)
    if found is None:
        context.fail(users_texts.no_unit(text))
    return Unit(UnitKind(kind), found)


def _account(session: Session, login: str) -> Account:
    account = queries.find_account(session, login)
    if account is None:
        context.fail(users_texts.no_login(login))
    return account


def _record(session: Session, action: Action, account: Account, region_id: int, reason: str) -> None:
    audit.record(
        session,
        None,
        action,
        object_type="account",
        object_id=account.id,
        subject_id=account.person_id,
        region_id=region_id,
        reason=f"command line: {reason}",
    )


def _show_link(account: Account, token: str, purpose: CodePurpose, now: datetime, as_json: bool) -> None:
    link = f"{context.settings().base_url}/enter/{token}"
    until = now + LIVES[purpose]
    if as_json:
        click.echo(json.dumps({"login": account.login, "link": link, "expires_at": until.isoformat(), "purpose": purpose.value}))
    else:
        click.echo(users_texts.link(account.login, accounts_texts.CODE_LIVES[purpose]))
        click.echo(link)
