"""Who may work here: accounts with a role, one-time links instead of mail, sessions that can be ended."""

from kentongan.accounts.accounts import Accounts
from kentongan.accounts.api_tokens import ApiTokens, Scope
from kentongan.accounts.factors import Factors
from kentongan.accounts.passkeys import Passkeys, RelyingParty
from kentongan.accounts.roles import Right, Role, may, publishes
from kentongan.accounts.sessions import Sessions
from kentongan.accounts.tables import Account, AccountSession, ApiToken, Link, Purpose

__all__ = [
    "Account",
    "AccountSession",
    "Accounts",
    "ApiToken",
    "ApiTokens",
    "Factors",
    "Link",
    "Passkeys",
    "Purpose",
    "RelyingParty",
    "Right",
    "Role",
    "Scope",
    "Sessions",
    "may",
    "publishes",
]
