"""The blueprint that the pages of indicators hang on."""

from flask import Blueprint

bp = Blueprint("monitoring", __name__, url_prefix="/monitoring")
