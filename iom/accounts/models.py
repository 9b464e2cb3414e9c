"""People, how they sign in, what they may do and what they allowed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from iom.accounts.kinds import CodePurpose, ConsentKind, ConsentState, SharedPart
from iom.core.actor import Role, UnitKind
from iom.core.database import Base, Keyed, Regional, enum_text


class Person(Regional, Base):
    """A human being known to the system; an account and an employee record may hang on it."""

    __tablename__ = "people"

    last_name: Mapped[str] = mapped_column(String(100), index=True)
    first_name: Mapped[str] = mapped_column(String(100))
    middle_name: Mapped[str] = mapped_column(String(100), default="")
    birth_year: Mapped[int | None]
    email: Mapped[str | None] = mapped_column(String(254))
    created_at: Mapped[datetime]


class Account(Keyed, Base):
    """The way one person signs in. A person without a password yet has a one-time code instead."""

    __tablename__ = "accounts"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), unique=True)
    login: Mapped[str] = mapped_column(String(254), unique=True)  # e-mail or code, lower case
    password_hash: Mapped[str | None] = mapped_column(String(200))
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    password_changed_at: Mapped[datetime | None]
    totp_secret: Mapped[str | None] = mapped_column(String(64))  # base 32; none: no second factor
    totp_last_step: Mapped[int | None]  # a code works once: steps up to this one are spent
    last_sign_in_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class OneTimeCode(Keyed, Base):
    """A link or printed code that opens an account once; only its hash is kept."""

    __tablename__ = "one_time_codes"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    purpose: Mapped[CodePurpose] = mapped_column(enum_text(CodePurpose))
    code_hash: Mapped[str] = mapped_column(String(200), unique=True)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class RecoveryCode(Keyed, Base):
    """A spare second factor, used once; only its hash is kept."""

    __tablename__ = "recovery_codes"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    used_at: Mapped[datetime | None]


class SignInSession(Keyed, Base):
    """A signed-in browser; the cookie holds the secret, the row its hash."""

    __tablename__ = "sign_in_sessions"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("role_grants.id"))  # the role worn now; none: the first one
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    confirmed_at: Mapped[datetime]  # when the password was last typed
    factor_at: Mapped[datetime | None]  # when the second factor was given
    ended_at: Mapped[datetime | None]
    address: Mapped[str] = mapped_column(String(64), default="")
    device: Mapped[str] = mapped_column(String(200), default="")


class RoleGrant(Regional, Base):
    """A role held by a person within one organisation; revoked, never deleted."""

    __tablename__ = "role_grants"
    __table_args__ = (
        CheckConstraint(
            "(unit_kind = 'region' AND municipality_id IS NULL AND school_id IS NULL AND provider_id IS NULL)"
            " OR (unit_kind = 'municipality' AND municipality_id IS NOT NULL AND school_id IS NULL AND provider_id IS NULL)"
            " OR (unit_kind = 'school' AND school_id IS NOT NULL AND municipality_id IS NULL AND provider_id IS NULL)"
            " OR (unit_kind = 'provider' AND provider_id IS NOT NULL AND municipality_id IS NULL AND school_id IS NULL)",
            name="unit_matches_kind",
        ),
        Index("ix_role_grants_person_open", "person_id", "revoked_at"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    role: Mapped[Role] = mapped_column(enum_text(Role))
    unit_kind: Mapped[UnitKind] = mapped_column(enum_text(UnitKind))
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"))
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("providers.id"))
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    granted_at: Mapped[datetime]
    effective_at: Mapped[datetime]  # a second administrator confirms, or a day passes
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    revoked_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class Consent(Regional, Base):
    """One decision of a person about one purpose; the latest row of a kind is in force, the older ones stay readable."""

    __tablename__ = "consents"
    __table_args__ = (Index("ix_consents_person_kind", "person_id", "kind", "decided_at"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[ConsentKind] = mapped_column(enum_text(ConsentKind))
    state: Mapped[ConsentState] = mapped_column(enum_text(ConsentState))
    text_version: Mapped[str] = mapped_column(String(20))
    decided_at: Mapped[datetime]
    way: Mapped[str] = mapped_column(String(40), default="web")  # web, paper
    address: Mapped[str] = mapped_column(String(64), default="")


class Sharing(Regional, Base):
    """The owner's switch: which part is open to those whom the matrix marks with an asterisk, and until when."""

    __tablename__ = "sharings"
    __table_args__ = (
        Index(
            "uq_sharings_one_open",
            "person_id",
            "part",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        UniqueConstraint("person_id", "part", "started_at"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    part: Mapped[SharedPart] = mapped_column(enum_text(SharedPart))
    started_at: Mapped[datetime]
    until: Mapped[date]
    ended_at: Mapped[datetime | None]
