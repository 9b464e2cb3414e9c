"""The blueprint that all views of organisations hang on."""

from flask import Blueprint

bp = Blueprint("organizations", __name__)
