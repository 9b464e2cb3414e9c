"""The blueprint that all views of support hang on."""

from flask import Blueprint

bp = Blueprint("support", __name__)
